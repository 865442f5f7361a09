package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.atoms.InvalidStructureException;
import org.jspecify.annotations.Nullable;

/** The frames of a JSON text that holds them all; a bad one is named, the others are read. */
final class JsonFrames implements FrameReader {

    /** What one of the text's parts says. */
    interface Reading {
        Frame frame(JsonFields fields);
    }

    /** The parts of a text that are frames each. */
    interface Parting {
        List<? extends @Nullable Object> parts(@Nullable Object text);
    }

    private final InputStream in;
    private final ReadingLimits limits;
    private final Place place;
    private final Parting parting;
    private final Reading reading;
    private @Nullable Iterator<? extends @Nullable Object> parts;
    private int frame;

    JsonFrames(InputStream in, ReadingLimits limits, String format, Parting parting, Reading reading) {
        this.in = in;
        this.limits = limits;
        this.place = Place.in(format);
        this.parting = parting;
        this.reading = reading;
    }

    @Override
    public Optional<FrameOutcome> next() throws IOException {
        if (parts == null) {
            parts = List.<Object>of().iterator();
            try {
                parts = new ArrayList<>(parting.parts(JsonText.read(in, place, limits))).iterator();
            } catch (FormatException e) {
                return Optional.of(new FrameOutcome.Refused(e));
            }
        }
        return parts.hasNext() ? Optional.of(outcome(parts.next())) : Optional.empty();
    }

    private FrameOutcome outcome(@Nullable Object part) {
        Place here = place.inFrame(++frame);
        try {
            return new FrameOutcome.Read(reading.frame(JsonFields.of(part, here, "")));
        } catch (FormatException e) {
            return new FrameOutcome.Refused(e);
        } catch (InvalidStructureException e) {
            return new FrameOutcome.Refused(FormatException.of(here, e));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
