package org.glassmap.core.formats;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.glassmap.core.atoms.Species;

/**
 * What a VASP output says before its first ionic step.
 *
 * @param version as VASP writes it: {@code 6.2.1}, {@code 5.4.4.18Apr17-6-g9f103f2a35}
 * @param incar what the user set; empty in OUTCAR, which does not repeat it
 * @param parameters what VASP used, defaults filled in
 * @param kpoints the mesh
 * @param potentials the titles of the POTCARs, a line per kind of atom: {@code PAW_PBE Li_sv 10Sep2004}
 * @param exchange what the POTCARs say themselves ({@code LEXCH}: PE, CA, …); empty in vasprun.xml, which drops it
 * @param species of every atom, in VASP's order
 */
public record VaspHeader(
        String version,
        VaspTags incar,
        VaspTags parameters,
        VaspKpoints kpoints,
        List<String> potentials,
        List<String> exchange,
        List<Species> species) {

    public VaspHeader {
        potentials = List.copyOf(potentials);
        exchange = List.copyOf(exchange);
        species = List.copyOf(species);
    }

    /** What a run does. */
    public enum Task {
        STATIC,
        RELAXATION,
        DYNAMICS,
        /** Phonons, dimers and the like. */
        OTHER
    }

    public Task task() {
        int relaxer = parameters.whole("IBRION").orElse(-1);
        if (parameters.whole("NSW").orElse(0) <= 0 || relaxer == -1) {
            return Task.STATIC;
        }
        return switch (relaxer) {
            case 0 -> Task.DYNAMICS;
            case 1, 2, 3 -> Task.RELAXATION;
            default -> Task.OTHER;
        };
    }

    /**
     * The functional: from {@code GGA}, {@code METAGGA} and hybrid tags, and where these say nothing from the POTCARs,
     * which are LDA, PW91 or PBE themselves. Dispersion and Hubbard corrections follow a plus sign.
     */
    public String functional() {
        String base = hybrid(meta(gradient()));
        int dispersion = parameters.whole("IVDW").orElse(incar.whole("IVDW").orElse(0));
        String withDispersion = switch (dispersion) {
            case 0 -> base;
            case 1, 10 -> base + "+D2";
            case 11 -> base + "+D3";
            case 12 -> base + "+D3(BJ)";
            case 13 -> base + "+D4";
            case 2, 20 -> base + "+TS";
            default -> base + "+IVDW" + dispersion;
        };
        boolean nonlocal = parameters.isTrue("LUSE_VDW") || incar.isTrue("LUSE_VDW");
        boolean hubbard = parameters.isTrue("LDAU") || incar.isTrue("LDAU");
        return withDispersion + (nonlocal ? "+vdW-DF" : "") + (hubbard ? "+U" : "");
    }

    private String gradient() {
        String tag =
                parameters.text("GGA").orElse(incar.text("GGA").orElse("--")).toUpperCase(Locale.ROOT);
        return tag.startsWith("--") ? ofPotentials() : named(tag);
    }

    private String ofPotentials() {
        List<String> names = (exchange.isEmpty()
                        ? potentials.stream().map(VaspHeader::ofTitle)
                        : exchange.stream().map(tag -> named(tag.toUpperCase(Locale.ROOT))))
                .distinct()
                .toList();
        return names.isEmpty() ? "unknown" : String.join("/", names);
    }

    private static String ofTitle(String title) {
        if (title.startsWith("PAW_PBE")) {
            return "PBE";
        }
        return title.contains("_GGA") ? "PW91" : "LDA";
    }

    private static String named(String tag) {
        return switch (tag) {
            case "PE", "8" -> "PBE";
            case "PS" -> "PBEsol";
            case "RP" -> "RPBE";
            case "RE" -> "revPBE";
            case "AM" -> "AM05";
            case "91" -> "PW91";
            case "CA", "PZ", "2" -> "LDA";
            default -> tag;
        };
    }

    private String meta(String gradient) {
        return incar.text("METAGGA")
                .or(() -> parameters.text("METAGGA"))
                .filter(tag -> !tag.startsWith("-") && !tag.startsWith("F") && !tag.equalsIgnoreCase("none"))
                .map(tag -> tag.toUpperCase(Locale.ROOT).replace("R2SCAN", "r2SCAN"))
                .orElse(gradient);
    }

    private String hybrid(String local) {
        if (!parameters.isTrue("LHFCALC")) {
            return local;
        }
        OptionalDouble screening = parameters.number("HFSCREEN");
        double fraction = parameters.number("AEXX").orElse(0.25);
        if (local.equals("PBE") && fraction == 0.25 && screening.isPresent()) {
            double mu = screening.getAsDouble();
            if (mu == 0) {
                return "PBE0";
            }
            if (mu >= 0.2 && mu < 0.21) { // 0.2 and the 0.207 1/Å of the paper
                return "HSE06";
            }
        }
        return "hybrid(%s, %s, %s)".formatted(local, fraction, screening.orElse(0));
    }

    /** Whether {@code version} is older than VASP 6; these write other energies than they name (see {@link Vasprun}). */
    boolean isBeforeVasp6() {
        return version.startsWith("4.") || version.startsWith("5.");
    }
}
