package org.glassmap.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.glassmap.benchmarks.accuracy.DatasetAccuracySection;
import org.glassmap.benchmarks.accuracy.LearningCurveSection;
import org.glassmap.benchmarks.accuracy.OptimiserSection;
import org.glassmap.benchmarks.accuracy.ReferenceAccuracySection;
import org.glassmap.benchmarks.aenet.AenetSection;
import org.glassmap.benchmarks.kernels.CommitteeSection;
import org.glassmap.benchmarks.kernels.EvaluationSection;
import org.glassmap.benchmarks.kernels.KernelsSection;
import org.glassmap.benchmarks.kernels.PartsSection;
import org.glassmap.benchmarks.kernels.TrainingSection;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Machine;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.Table;
import org.glassmap.benchmarks.physics.HullSection;
import org.glassmap.benchmarks.physics.SearchSection;
import org.glassmap.benchmarks.services.ClaimsSection;
import org.glassmap.benchmarks.services.DemoSection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./glassmap bench} starts. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what Glassmap's parts cost and prints one table; the same goes to a JSON file.",
            "Times are of the processor, least of several; ratios are of runs that took turns."
        })
public final class Main implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "Parts to measure; where none is named, all but those that take long. See --list.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--short", description = "A first look, a few minutes.")
    private boolean brief;

    @Option(names = "--list", description = "Only name the parts.")
    private boolean list;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "benchmarks.json",
            description = "Where the JSON goes. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("benchmarks.json");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** In the order of the table. */
    static List<Section> sections() {
        return List.of(
                new EvaluationSection(),
                new KernelsSection(),
                new PartsSection(),
                new CommitteeSection(),
                new TrainingSection(),
                new AenetSection(AenetSection.Side.LIBRARY),
                new AenetSection(AenetSection.Side.PREDICT),
                new AenetSection(AenetSection.Side.TRAIN),
                new SearchSection(),
                new HullSection(),
                new ClaimsSection(),
                new DemoSection(),
                new DatasetAccuracySection(),
                new LearningCurveSection(),
                new ReferenceAccuracySection(),
                new OptimiserSection());
    }

    @Override
    public Integer call() throws IOException {
        PrintStream console = System.out;
        List<Section> chosen = chosen();
        if (list) {
            chosen.forEach(section -> console.printf("  %-14s %s%n", section.name(), section.description()));
            return 0;
        }
        Machine machine = Machine.here();
        List<Row> rows = new ArrayList<>();
        for (Section section : chosen) {
            console.println(section.name() + ": " + section.description() + " …");
            rows.addAll(section.measure(brief ? Effort.SHORT : Effort.FULL, told -> console.println("  " + told)));
        }
        console.println();
        console.println(machine);
        console.println();
        console.print(Table.text(rows));
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(out, json.writeValueAsString(new Report(machine, brief ? "short" : "full", rows)) + "\n");
        console.println();
        console.println(out.toAbsolutePath().normalize());
        return 0;
    }

    /** @param effort how long was measured */
    private record Report(Machine machine, String effort, List<Row> rows) {}

    private List<Section> chosen() {
        List<String> known = sections().stream().map(Section::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no part is called %s; there are %s".formatted(name, String.join(", ", known)));
            }
        }
        return sections().stream()
                .filter(section -> names.isEmpty() ? list || !section.onlyByName() : names.contains(section.name()))
                .toList();
    }
}
