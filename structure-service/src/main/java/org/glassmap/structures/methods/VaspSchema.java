package org.glassmap.structures.methods;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * The engine {@code vasp}: {@code incar} (physical tags by name, defaults as in Guo et al., Chem. Mater. 2022, doi
 * 10.1021/acs.chemmater.2c00267: PBE, 520 eV, Gaussian smearing of 0.05 eV, EDIFF 1e-5, 0.02 eV/Å), {@code kpoints} (the
 * paper's automatic mesh of length 25 Å, or divisions) and {@code potcars} (a title per element, which the paper does
 * not name and nobody can guess).
 *
 * <p>Tags that say how a run is carried out are refused: they belong to the agent.
 */
final class VaspSchema implements EngineSchema {

    private static final Pattern TITLE = Pattern.compile("\\S+ [A-Z][a-z]?\\S*( \\S+)*");
    private static final Pattern TAG_WORD = Pattern.compile("[A-Za-z0-9_.+-]{1,40}");

    private static final String OF_THE_AGENT = "how a run is carried out belongs to the agent's configuration";
    private static final String OF_A_RELAXATION = "it needs a method of kind relax or cell-relax";
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("NCORE", OF_THE_AGENT),
            Map.entry("NPAR", OF_THE_AGENT),
            Map.entry("KPAR", OF_THE_AGENT),
            Map.entry("NSIM", OF_THE_AGENT),
            Map.entry("LPLANE", OF_THE_AGENT),
            Map.entry("LSCALU", OF_THE_AGENT),
            Map.entry("LWAVE", OF_THE_AGENT),
            Map.entry("LCHARG", OF_THE_AGENT),
            Map.entry("NWRITE", OF_THE_AGENT),
            Map.entry("SYSTEM", "a title is no physics; leave it out"),
            Map.entry("ISTART", OF_THE_AGENT),
            Map.entry("ICHARG", OF_THE_AGENT),
            Map.entry("EDIFFG", OF_A_RELAXATION),
            Map.entry("POTIM", OF_A_RELAXATION),
            Map.entry("PSTRESS", "it needs a method of kind cell-relax"),
            Map.entry("KSPACING", "give the mesh as 'kpoints'"),
            Map.entry("KGAMMA", "give the mesh as 'kpoints'"));

    /** Tags of the way to self-consistency: where they lead does not depend on them. */
    private static final Set<String> OF_THE_WAY =
            Set.of("ALGO", "NELM", "NELMIN", "NELMDL", "AMIX", "BMIX", "AMIN", "AMIX_MAG", "BMIX_MAG", "MAXMIX");

    /** Tags of where the atoms go: the energy of a structure does not depend on them. */
    private static final Set<String> OF_THE_RELAXATION = Set.of("IBRION", "ISIF", "NSW", "EDIFFG", "POTIM", "PSTRESS");

    @Override
    public String engine() {
        return "vasp";
    }

    @Override
    public Map<String, Object> complete(MethodKind kind, @Nullable Map<String, Object> given) {
        SettingsReader settings = new SettingsReader("/settings", given);
        settings.put("incar", incar(kind, settings.map("incar")));
        settings.put("kpoints", kpoints(settings.map("kpoints")));
        settings.put("potcars", potcars(settings.map("potcars")));
        if (kind.relaxes()) {
            settings.text("labels", "last", LABELS, LABELS_REMEDY);
        }
        return settings.complete(Map.of());
    }

    private static Map<String, Object> incar(MethodKind kind, Map<?, ?> given) {
        SettingsReader tags = new SettingsReader("/settings/incar", given);
        electrons(tags);
        ions(kind, tags);
        return tags.complete(REMEDIES);
    }

    private static void ions(MethodKind kind, SettingsReader tags) {
        if (!kind.relaxes()) {
            tags.whole("IBRION", -1, -1, -1).whole("NSW", 0, 0, 0).whole("ISIF", 2, 0, 2);
            return;
        }
        tags.whole("IBRION", 2, 1, 3)
                .whole("NSW", 200, 1, 100_000)
                .number("EDIFFG", -0.02, -Double.MAX_VALUE, Double.MAX_VALUE) // negative: eV/Å
                .positive("POTIM", 0.5);
        if (kind == MethodKind.CELL_RELAX) {
            tags.whole("ISIF", 3, 3, 8).numberIfGiven("PSTRESS", -1e6, 1e6); // kbar
        } else {
            tags.whole("ISIF", 2, 0, 2);
        }
    }

    private static void electrons(SettingsReader tags) {
        tags.positive("ENCUT", 520)
                .positive("EDIFF", 1e-5)
                .choice("PREC", "Accurate", "Accurate", "Normal", "Single", "Low", "Medium", "High")
                .choice("ALGO", "Normal", "Normal", "Fast", "VeryFast", "All", "Damped", "Exact", "Conjugate")
                .choice("LREAL", "false", "false", "true", "Auto", "On")
                .text("GGA", "PE", TAG_WORD, "give VASP's word for the functional, PE for PBE")
                .whole("ISMEAR", 0, -5, 10)
                .number("SIGMA", 0.05, 0, 10)
                .whole("ISPIN", 1, 1, 2)
                .whole("ISYM", 2, -1, 3)
                .positive("SYMPREC", 1e-5)
                .whole("NELM", 100, 1, 100_000)
                .whole("NELMIN", 2, 1, 1000)
                .whole("LMAXMIX", 2, 0, 6)
                .whole("IVDW", 0, 0, 300)
                .flag("LASPH", false)
                .flag("ADDGRID", false)
                .flag("LDAU", false)
                .flag("LHFCALC", false)
                .flag("LSORBIT", false)
                .flag("LNONCOLLINEAR", false)
                .text("METAGGA", "none", TAG_WORD, "give VASP's word for the functional")
                .numbersIfGiven("MAGMOM", 1, 100_000)
                .numberIfGiven("NELECT", 0, 1e7)
                .numberIfGiven("NUPDOWN", -1, 1e7)
                .numberIfGiven("ENAUG", 0, 1e6)
                .numberIfGiven("AEXX", 0, 1)
                .numberIfGiven("HFSCREEN", 0, 10)
                .choiceIfGiven("PRECFOCK", "Low", "Medium", "Fast", "Normal", "Accurate", "Single")
                .numberIfGiven("AMIX", 0, 10)
                .numberIfGiven("BMIX", 0, 100)
                .numberIfGiven("AMIN", 0, 10)
                .numberIfGiven("AMIX_MAG", 0, 10)
                .numberIfGiven("BMIX_MAG", 0, 100)
                .numberIfGiven("VDW_S6", 0, 10)
                .numberIfGiven("VDW_S8", 0, 10)
                .numberIfGiven("VDW_A1", 0, 10)
                .numberIfGiven("VDW_A2", 0, 20)
                .numberIfGiven("VDW_RADIUS", 0, 200)
                .wholeIfGiven("MAXMIX", -1000, 1000)
                .wholeIfGiven("NELMDL", -1000, 1000)
                .wholeIfGiven("NBANDS", 1, 1_000_000)
                .wholeIfGiven("NGX", 1, 100_000)
                .wholeIfGiven("NGY", 1, 100_000)
                .wholeIfGiven("NGZ", 1, 100_000)
                .wholeIfGiven("LDAUTYPE", 1, 4)
                .numbersIfGiven("LDAUL", 1, 100)
                .numbersIfGiven("LDAUU", 1, 100)
                .numbersIfGiven("LDAUJ", 1, 100)
                .wholeIfGiven("IDIPOL", 1, 4);
    }

    private static Map<String, Object> kpoints(Map<?, ?> given) {
        SettingsReader kpoints = new SettingsReader("/settings/kpoints", given);
        return given.get("mesh") == null
                ? kpoints.positive("length", 25).complete(Map.of("gamma", "it goes with a 'mesh'"))
                : kpoints.divisions("mesh")
                        .flag("gamma", true)
                        .complete(Map.of("length", "give either a length or a mesh"));
    }

    private static Map<String, Object> potcars(Map<?, ?> given) {
        if (given.isEmpty()) {
            throw new InvalidInputException(
                    "/settings/potcars",
                    null,
                    "is missing",
                    "give the POTCAR of every element: {\"Li\": {\"title\": \"PAW_PBE Li_sv 10Sep2004\"}}");
        }
        SettingsReader titles = new SettingsReader("/settings/potcars", given);
        for (Object element : new TreeMap<Object, Object>(given).keySet()) {
            String symbol = (String) element;
            try {
                Species.of(symbol);
            } catch (InvalidStructureException e) {
                throw new InvalidInputException(
                        "/settings/potcars/" + symbol,
                        symbol,
                        "is no element",
                        "write symbols as in the periodic table");
            }
            titles.put(symbol, potcar("/settings/potcars/" + symbol, titles.map(symbol)));
        }
        return titles.complete(Map.of());
    }

    /** The choice is the title's second word, which the title alone decides. */
    private static Map<String, Object> potcar(String pointer, Map<?, ?> given) {
        SettingsReader potcar = new SettingsReader(pointer, given)
                .text("title", TITLE, "give the title as the POTCAR's first line says: PAW_PBE Li_sv 10Sep2004");
        String choice = String.valueOf(given.get("title")).split(" ", -1)[1];
        return potcar.choice("choice", choice, choice).complete(Map.of());
    }

    @Override
    public Map<String, Object> decidingEnergies(Map<String, Object> complete) {
        TreeMap<String, Object> incar = new TreeMap<>();
        if (complete.get("incar") instanceof Map<?, ?> tags) {
            tags.forEach((tag, value) -> incar.put((String) tag, value));
        }
        OF_THE_WAY.forEach(incar::remove);
        OF_THE_RELAXATION.forEach(incar::remove);
        return Map.of("incar", incar, "kpoints", complete.get("kpoints"), "potcars", complete.get("potcars"));
    }
}
