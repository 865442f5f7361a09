package org.glassmap.core.formats;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a hostile XML file as they stream by. There are no DTDs, entities, comments or CDATA sections: the first
 * {@code <!} is refused, which VASP never writes. Tags, texts and nesting are bounded. Bytes are taken as ISO 8859-1
 * whatever the file says, since all that is read is ASCII.
 */
final class XmlStream {

    private static final int LONGEST_TAG = 1 << 12;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int DEEPEST = 64;

    private final Guarded guarded;
    private final String format;
    private final XMLStreamReader xml;
    private int depth;
    private boolean ended;

    XmlStream(InputStream in, String format, ReadingLimits limits) throws IOException {
        this.format = format;
        this.guarded = new Guarded(Compression.decompressed(in), format, limits);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        try {
            xml = factory.createXMLStreamReader(new InputStreamReader(guarded, StandardCharsets.ISO_8859_1));
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** Goes on to the next start of an element; false at the end of the file.
     *
     * @throws FormatException if the file is cut or is no XML; nothing can be read after that
     */
    boolean nextStart() throws IOException {
        while (advance() != XMLStreamConstants.END_DOCUMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    /** Standing at a start, goes on to the next start inside element number {@code outer}; false at its end. */
    boolean nextStartWithin(int outer) throws IOException {
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_DOCUMENT
                    || (event == XMLStreamConstants.END_ELEMENT && depth < outer)) {
                return false;
            }
        }
    }

    /** How many elements are open. */
    int depth() {
        return depth;
    }

    boolean isAt(String element) {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT
                && xml.getLocalName().equals(element);
    }

    String element() {
        return xml.getLocalName();
    }

    /** The attribute {@code name}; empty if there is none. */
    String name() {
        return Optional.ofNullable(xml.getAttributeValue(null, "name")).orElse("");
    }

    String attribute(String attribute) {
        return Optional.ofNullable(xml.getAttributeValue(null, attribute)).orElse("");
    }

    /** Standing at a start: the text of the element without that of elements inside it; ends behind the element. */
    String text() throws IOException {
        int outer = depth;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.CHARACTERS && depth == outer) {
                if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
                    throw new FormatException(
                            place(), "text", "is longer than %d characters".formatted(LONGEST_TEXT), "", "shorten it");
                }
                text.append(xml.getText());
            } else if (event == XMLStreamConstants.END_DOCUMENT
                    || (event == XMLStreamConstants.END_ELEMENT && depth < outer)) {
                return text.toString().strip();
            }
        }
    }

    /** Standing at a start: goes behind the element. */
    void skip() throws IOException {
        int outer = depth;
        while (depth >= outer && advance() != XMLStreamConstants.END_DOCUMENT) {
            // nothing in here is wanted
        }
    }

    Place place() {
        return Place.in(format).atLine(Math.max(0, xml.getLocation().getLineNumber()));
    }

    private int advance() throws IOException {
        if (ended) {
            return XMLStreamConstants.END_DOCUMENT;
        }
        try {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && ++depth > DEEPEST) {
                ended = true;
                throw new FormatException(
                        place(), "element", "is nested too deeply", element(), "send VASP's own file");
            }
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            ended = event == XMLStreamConstants.END_DOCUMENT;
            return event;
        } catch (XMLStreamException e) {
            ended = true;
            throw damaged(e);
        } catch (FormatException e) { // from the guarded stream below
            ended = true;
            throw e;
        }
    }

    private FormatException damaged(XMLStreamException e) throws IOException {
        if (guarded.failure != null) {
            throw guarded.failure;
        }
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
        FormatException damaged = new FormatException(
                Place.in(format).atLine(line),
                "XML",
                "is cut or damaged",
                String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                "send the whole file");
        damaged.initCause(e);
        return damaged;
    }

    /** Stops markup that would make the reader above hold much at once, and counts the bytes. */
    private static final class Guarded extends FilterInputStream {

        private final String format;
        private final ReadingLimits limits;
        private @Nullable IOException failure;
        private long bytes;
        private long line = 1;
        private int inTag = -1; // bytes since the last '<'; negative outside a tag

        Guarded(InputStream in, String format, ReadingLimits limits) {
            super(in);
            this.format = format;
            this.limits = limits;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(into, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            for (int k = offset; k < offset + read; k++) {
                check(into[k]);
            }
            bytes += Math.max(0, read);
            if (bytes > limits.bytes()) {
                throw problem("input", "is longer than %d bytes".formatted(limits.bytes()));
            }
            return read;
        }

        private void check(byte b) {
            if (b == '<') {
                inTag = 0;
            } else if (b == '>') {
                inTag = -1;
            } else if (inTag >= 0) {
                inTag++;
                if (inTag == 1 && b == '!') {
                    throw problem("markup", "has a DTD, comment or CDATA section");
                }
                if (inTag > LONGEST_TAG) {
                    throw problem("tag", "is longer than %d bytes".formatted(LONGEST_TAG));
                }
            }
            line += b == '\n' ? 1 : 0;
        }

        private FormatException problem(String field, String complaint) {
            return new FormatException(
                    Place.in(format).atLine(line), field, complaint, "<!", "send the file as VASP wrote it");
        }
    }
}
