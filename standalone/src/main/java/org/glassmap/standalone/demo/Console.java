package org.glassmap.standalone.demo;

import java.io.PrintStream;
import java.util.Locale;
import org.glassmap.contract.jobs.JobProgress;
import org.jspecify.annotations.Nullable;

/** Tells a person at a terminal what goes on: lines that stay, and one that is overwritten where the terminal can. */
final class Console {

    private static final int WIDTH = 28;

    private final PrintStream out;
    private final boolean overwrites;
    private String shown = "";
    private long toldAt;

    Console(PrintStream out, boolean overwrites) {
        this.out = out;
        this.overwrites = overwrites;
    }

    void line(String format, Object... values) {
        clear();
        out.println(String.format(Locale.ROOT, format, values));
    }

    void progress(JobProgress progress) {
        int filled = (int) Math.round(WIDTH * progress.fraction());
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        String text = "%s %3.0f %%%s  %s%s"
                .formatted(
                        bar,
                        100 * progress.fraction(),
                        left(progress.secondsLeft()),
                        progress.phase(),
                        progress.waitingReason() == null ? "" : " (waits: " + progress.waitingReason() + ")");
        if (overwrites) {
            clear();
            out.print(text);
            out.flush();
            shown = text;
        } else if (System.nanoTime() - toldAt > 10_000_000_000L) {
            out.println(text);
            toldAt = System.nanoTime();
        }
    }

    private void clear() {
        if (!shown.isEmpty()) {
            out.print("\r\033[K");
            shown = "";
        }
    }

    private static String left(@Nullable Double seconds) {
        if (seconds == null) {
            return "";
        }
        long whole = Math.round(seconds);
        return whole >= 90 ? ", %d min left".formatted((whole + 30) / 60) : ", %d s left".formatted(whole);
    }
}
