package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Species;

/** The exchange layout: one array a line, names on one line, shortest decimals that read back to the same bits. */
final class AenetTextOutput implements AenetOutput {

    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    private void line(String value) {
        text.append(value).append('\n');
    }

    @Override
    public void integer(int value) {
        integers(value);
    }

    @Override
    public void integers(int... values) {
        line(Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    @Override
    public void real(double value) {
        reals(value);
    }

    @Override
    public void list(double... values) {
        reals(values);
    }

    @Override
    public void reals(double... values) {
        line(Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    }

    @Override
    public void text(String value, int length, boolean padded) {
        line(value.length() > length ? value.substring(0, length) : value);
    }

    @Override
    public void species(List<Species> species) {
        line(species.stream().map(Species::symbol).collect(Collectors.joining(" ")));
    }

    @Override
    public void logical(boolean value) {
        line(value ? "T" : "F");
    }

    @Override
    public void featureEnvironments(int environment, int features) {
        integers(new int[2 * features]);
    }
}
