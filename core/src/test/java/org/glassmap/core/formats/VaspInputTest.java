package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaspInputTest {

    @Test
    void whatIsWrittenIsReadBackByTag() throws IOException {
        Incar incar = Incar.EMPTY
                .with("ENCUT", 520.0)
                .with("EDIFF", 1e-5)
                .with("NSW", 99)
                .with("LWAVE", false)
                .with("ALGO", "Normal")
                .with("MAGMOM", "6*0.6 2*-0.6")
                .with("ROPT", new Incar.Reals(List.of(-1e-3, 2e-3)));
        StringBuilder text = new StringBuilder();
        incar.write(text);
        VaspTags tags = Incar.read(stream(text.toString()));
        assertThat(tags).isEqualTo(incar.tags());
        assertThat(tags.number("ENCUT")).hasValue(520);
        assertThat(tags.number("EDIFF")).hasValue(1e-5);
        assertThat(tags.whole("NSW")).hasValue(99);
        assertThat(tags.isTrue("LWAVE")).isFalse();
        assertThat(tags.text("MAGMOM")).hasValue("6*0.6 2*-0.6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Normal\nNSW = 99",
                "Fast; NSW=9",
                "a # b",
                "a ! b",
                "$(reboot)",
                "`id`",
                "a|b",
                "a&b",
                "a>b",
                "x=y",
                "'q'",
                "\"q\"",
                "a\\",
                "",
                " a",
                "a\0",
                "a  b"
            })
    void aValueThatCouldSayMoreIsRefused(String value) {
        assertThatThrownBy(() -> Incar.EMPTY.with("ALGO", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"algo", "AL GO", "", "A=B", "A\n", "9A", "A;B", "#A"})
    void aTagThatIsNoneIsRefused(String tag) {
        assertThatThrownBy(() -> Incar.EMPTY.with(tag, 1)).hasMessageContaining("INCAR tag must be");
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> Incar.EMPTY.with("ENCUT", Double.NaN)).hasMessageContaining("must be finite");
    }

    @Test
    void anIncarIsReadAsVaspReadsIt() throws IOException {
        VaspTags tags = Incar.read(stream("""
                # a remark
                encut=500 ; ISMEAR = 0 # another
                SYSTEM=id=[0] formula=[Li]
                a line without a sign
                MAGMOM = 6 -6 \\
                  4*0.6
                NSW = 3
                NSW = 5
                LIBXC1 = "one
                two"
                """));
        assertThat(tags.number("ENCUT")).hasValue(500);
        assertThat(tags.whole("ISMEAR")).hasValue(0);
        assertThat(tags.text("SYSTEM")).hasValue("id=[0] formula=[Li]");
        assertThat(tags.text("MAGMOM")).hasValue("6 -6  4*0.6");
        assertThat(tags.whole("NSW")).hasValue(3);
        assertThat(tags.text("LIBXC1")).hasValue("\"one\ntwo\"");
        assertThatThrownBy(() -> Incar.read(stream("A = \"open\n"))).isInstanceOf(FormatException.class);
    }

    @Test
    void realIncarsAreRead() throws IOException {
        VaspTags tags = Incar.read(file("inputs-set-1/INCAR"));
        assertThat(tags.isTrue("LHFCALC")).isTrue();
        assertThat(tags.number("HFSCREEN")).hasValue(0.207);
        assertThat(tags.whole("ENCUTFOCK")).hasValue(0);
        assertThat(tags.text("MAGMOM")).hasValue("6 -6 -6 6 4*0.6 16*0.6");
        assertThat(Incar.read(file("li7p3s11-scf-lda-v611/INCAR")).number("EDIFF"))
                .hasValue(1e-5);
    }

    @Test
    void meshesAreReadBack() throws IOException {
        Kpoints mesh = new Kpoints.Mesh(Kpoints.Mesh.Centre.MONKHORST_PACK, List.of(2, 4, 6), List.of(0.5, 0.0, 0.0));
        for (Kpoints kpoints : List.of(mesh, Kpoints.Mesh.gamma(1, 2, 3), new Kpoints.Automatic(25))) {
            StringBuilder text = new StringBuilder();
            kpoints.write(text);
            assertThat(Kpoints.read(stream(text.toString()))).isEqualTo(kpoints);
        }
    }

    @Test
    void realKpointsAreRead() throws IOException {
        assertThat(Kpoints.read(file("inputs-set-1/KPOINTS_auto"))).isEqualTo(new Kpoints.Automatic(10));
        assertThat(Kpoints.read(file("inputs-set-1/KPOINTS_band"))).isEqualTo(new Kpoints.Listed(16, true));
        assertThat(Kpoints.read(file("zn3ps42-static-pbesol-v541/KPOINTS"))).isEqualTo(Kpoints.Mesh.gamma(1, 1, 2));
    }

    @Test
    void theAutomaticMeshIsVaspsOwn() throws IOException {
        // R = 25 Å in the run's KPOINTS; the OUTCAR tells which mesh VASP made of it
        assertThat(Kpoints.read(file("li7p3s11-scf-lda-v611/KPOINTS"))).isEqualTo(new Kpoints.Automatic(25));
        try (Outcar outcar = Outcar.open(file("li7p3s11-scf-lda-v611/OUTCAR.gz"))) {
            Cell cell = outcar.next().orElseThrow().structure().cell();
            assertThat(Kpoints.Mesh.automatic(cell, 25).divisions())
                    .isEqualTo(outcar.header().kpoints().divisions())
                    .hasSize(3);
        }
    }

    /** The form of a POTCAR's head; the numbers that make a potential are VASP's and not here. */
    private static final String POTCAR = """
              PAW_PBE Li_sv 10Sep2004
               3.0000000000000
             parameters from PSCTR are:
               VRHFIN =Li: 1s2s2p
               LEXCH  = PE
               TITEL  = PAW_PBE Li_sv 10Sep2004
               POMASS =    7.010; ZVAL   =    3.000    mass and valenz
               ENMAX  =  499.034; ENMIN  =  374.276 eV
             End of Dataset
            """;

    @Test
    void aPotcarSaysWhatItIs() throws IOException {
        assertThat(Potcar.read(stream(POTCAR + POTCAR.replace("Li", "S").replace("S_sv", "S"))))
                .containsExactly(
                        new Potcar("PAW_PBE Li_sv 10Sep2004", Species.Li, "PE", 3, 499.034),
                        new Potcar("PAW_PBE S 10Sep2004", Species.S, "PE", 3, 499.034));
        assertThat(Potcar.read(stream(POTCAR)).getFirst().choice()).isEqualTo("Li_sv");
    }

    @ParameterizedTest
    @CsvSource({"End of Dataset, End of Data", "LEXCH, LEX", "ZVAL   =    3.000, ZVAL = x", "Li_sv, Xx_sv"})
    void aPotcarThatDoesNotIsRefused(String right, String wrong) {
        assertThatThrownBy(() -> Potcar.read(stream(POTCAR.replace(right, wrong))))
                .isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @CsvSource({"10.0, 3", "10.01, 2", "100, 1", "20, 1", "16.6, 2", "5, 5"})
    void theAutomaticMeshRoundsHalfUp(double edge, int divisions) {
        Cell cube = Cell.periodic(edge, 0, 0, 0, edge, 0, 0, 0, edge);
        assertThat(Kpoints.Mesh.automatic(cube, 25).divisions()).containsOnly(divisions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | is missing",
                "x;0;Gamma;0 1 1 | whole number in 1..1000",
                "x;0;Gamma;1 1 | three divisions",
                "x;0;Cartesian;1 0 0 | must be Gamma",
                "x;-1;Gamma;1 1 1 | whole number",
                "x;0;Auto;-5 | length must be positive",
                "x;0;Gamma;1 1 1;a b c | finite number",
            })
    void whatIsNoKpointsFileIsNamed(String text, String complaint) {
        assertThatThrownBy(() -> Kpoints.read(stream(text.replace(';', '\n'))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(complaint);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream file(String path) throws IOException {
        return Files.newInputStream(SharedReference.reference("vasp/" + path));
    }
}
