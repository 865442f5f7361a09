package org.glassmap.benchmarks.measuring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH's benchmarks from here and hands over what each iteration took. */
public final class Jmh {

    /** @param parameters of the benchmark's state, by name */
    public record Result(String method, BenchmarkParams parameters, Timing timing) {

        public int parameter(String name) {
            return Integer.parseInt(parameters.getParam(name));
        }
    }

    private Jmh() {}

    /**
     * All methods of a class, each in a JVM of its own; a smoke run stays in this one.
     *
     * @param values of the parameter {@code parameter}
     */
    public static List<Result> run(Class<?> benchmark, Effort effort, String parameter, String... values) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.").replace("$", "\\$") + "\\.")
                .param(parameter, values)
                .mode(effort == Effort.SMOKE ? Mode.SingleShotTime : Mode.AverageTime)
                .timeUnit(TimeUnit.SECONDS)
                .forks(effort == Effort.SMOKE ? 0 : 1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(effort.rounds())
                .measurementTime(TimeValue.milliseconds(effort.roundMilliseconds()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            return results.stream().map(Jmh::result).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark.getSimpleName() + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static Result result(RunResult run) {
        List<Double> seconds = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                seconds.add(iteration.getPrimaryResult().getScore());
            }
        }
        String name = run.getParams().getBenchmark();
        return new Result(
                name.substring(name.lastIndexOf('.') + 1),
                run.getParams(),
                Timing.of(seconds.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
