package org.glassmap.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar of ænet's XSF files as papers publish them, made while it is read; no two files alike. */
final class XsfSet {

    private XsfSet() {}

    /** @param members of which every thousandth lacks its energy */
    static InputStream tar(int members) {
        return new SequenceInputStream(new Enumeration<>() {
            private int next;

            @Override
            public boolean hasMoreElements() {
                return next <= members;
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(next < members ? entry(next++) : end());
            }

            private byte[] end() {
                next++;
                return new byte[1024];
            }
        });
    }

    private static byte[] entry(int number) {
        byte[] text = xsf(number).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512)) {
            TarArchiveEntry entry = new TarArchiveEntry("set/structure-%05d.xsf".formatted(number));
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
            tar.flush();
            return bytes.toByteArray(); // before the end of the archive is written
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rock salt of 8 atoms, each a little larger than the one before. */
    private static String xsf(int number) {
        double a = 5 + 1e-5 * number;
        StringBuilder text = new StringBuilder();
        if (number % 1000 != 999) {
            text.append("# total energy = %.6f eV%n%n".formatted(-25 - 1e-4 * number));
        }
        text.append("CRYSTAL\nPRIMVEC\n");
        for (int row = 0; row < 3; row++) {
            text.append(numbers(row == 0 ? a : 0, row == 1 ? a : 0, row == 2 ? a : 0));
        }
        text.append("PRIMCOORD\n8 1\n");
        for (int site = 0; site < 8; site++) {
            double x = (site & 1) * a / 2;
            double y = (site >> 1 & 1) * a / 2;
            double z = (site >> 2 & 1) * a / 2;
            text.append(Integer.bitCount(site) % 2 == 0 ? "Li" : "S")
                    .append(numbers(x, y, z).stripTrailing());
            text.append(numbers(0.001, 0, 0));
        }
        return text.toString();
    }

    private static String numbers(double x, double y, double z) {
        return String.format(Locale.ROOT, " %.8f %.8f %.8f\n", x, y, z);
    }
}
