package org.glassmap.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the guide as what is to be typed and what is to come back.
 *
 * <p>In a {@code console} block {@code $ } begins a command, {@code > } goes on with it, and all else is what it prints. A
 * {@code python} block is a program; a {@code text} block right after it is what that prints. Blocks that are only to be
 * read are {@code ini} or {@code text}. There is no other kind, so that nothing escapes being run by its name.
 */
record GuidePage(String name, List<Step> steps) {

    /**
     * Something typed.
     *
     * @param line of the page, from 1
     * @param expected printed lines
     */
    record Step(Language language, int line, String source, List<String> expected) {

        @Override
        public String toString() {
            return line + ": " + source.lines().findFirst().orElse("");
        }
    }

    enum Language {
        CONSOLE,
        PYTHON
    }

    /** The pages of the guide, and README, whose examples are run, too. */
    static List<GuidePage> all() throws IOException {
        try (var files = Files.list(Repository.root().resolve("docs/guide"))) {
            List<GuidePage> pages = new ArrayList<>();
            pages.add(of("README.md", Files.readString(Repository.root().resolve("README.md"))));
            for (Path file : files.filter(GuidePage::isWorkedThrough).sorted().toList()) {
                pages.add(of(file.getFileName().toString(), Files.readString(file)));
            }
            return pages;
        }
    }

    private static boolean isWorkedThrough(Path file) {
        return file.getFileName().toString().matches("\\d-.*[.]md");
    }

    static GuidePage of(String name, String markdown) {
        List<Step> steps = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        int k = 0;
        while (k < lines.size()) {
            String fence = lines.get(k++);
            if (!fence.startsWith("```")) {
                continue;
            }
            int first = k;
            while (!lines.get(k).equals("```")) {
                k++;
            }
            List<String> block = lines.subList(first, k++);
            switch (fence.substring(3)) {
                case "console" -> steps.addAll(commands(first, block));
                case "python" -> {
                    List<String> printed = printed(lines, k);
                    steps.add(new Step(Language.PYTHON, first + 1, String.join("\n", block), printed));
                }
                case "text", "ini" -> {} // printed by a program above, or only to be read
                default -> throw new AssertionError("%s:%d: no such kind of block: %s".formatted(name, first, fence));
            }
        }
        return new GuidePage(name, List.copyOf(steps));
    }

    private static List<Step> commands(int first, List<String> block) {
        List<Step> steps = new ArrayList<>();
        int k = 0;
        while (k < block.size()) {
            if (!block.get(k).startsWith("$ ")) {
                throw new AssertionError("line " + (first + k + 1) + ": a console block begins with '$ '");
            }
            int line = first + k + 1;
            StringBuilder source = new StringBuilder(block.get(k++).substring(2));
            while (k < block.size() && block.get(k).startsWith("> ")) {
                source.append('\n').append(block.get(k++).substring(2));
            }
            List<String> expected = new ArrayList<>();
            while (k < block.size() && !block.get(k).startsWith("$ ")) {
                expected.add(block.get(k++));
            }
            steps.add(new Step(Language.CONSOLE, line, source.toString(), expected));
        }
        return steps;
    }

    /** The {@code text} block that follows, with nothing but an empty line between. */
    private static List<String> printed(List<String> lines, int after) {
        int k = after;
        while (k < lines.size() && lines.get(k).isBlank()) {
            k++;
        }
        if (k == lines.size() || !lines.get(k).equals("```text")) {
            return List.of();
        }
        int end = k + 1;
        while (!lines.get(end).equals("```")) {
            end++;
        }
        return lines.subList(k + 1, end);
    }
}
