package org.glassmap.structures.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.structures.ServiceTest;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;

class MethodsTest extends ServiceTest {

    private static final Map<String, Object> POTCARS = Map.of("Li", Map.of("title", "PAW_PBE Li_sv 10Sep2004"));

    private MethodRecord posted(String kind, Map<String, Object> incar) {
        return client(MethodsApi.class)
                .post(new MethodDocument("vasp", kind, Map.of("incar", incar, "potcars", POTCARS)));
    }

    @Test
    void theDefaultsAreThePapersAndPartOfTheId() {
        MethodRecord left = posted("static", Map.of());
        MethodRecord given = posted("static", Map.of("ENCUT", 520.0, "EDIFF", 1e-5, "ISMEAR", 0, "SIGMA", 0.05));
        assertThat(given.id()).isEqualTo(left.id());
        assertThat(posted("static", Map.of("ENCUT", 521)).id()).isNotEqualTo(left.id());
        @SuppressWarnings("unchecked")
        Map<String, Object> incar = (Map<String, Object>) left.settings().get("incar");
        assertThat(incar)
                .containsEntry("ENCUT", 520)
                .containsEntry("EDIFF", 0.00001)
                .containsEntry("GGA", "PE");
        assertThat(left.settings()).containsEntry("kpoints", Map.of("length", 25));
        assertThat(left.settings())
                .containsEntry("potcars", Map.of("Li", Map.of("choice", "Li_sv", "title", "PAW_PBE Li_sv 10Sep2004")));
    }

    /**
     * Golden. The same id in Python, where keys are sorted and no number needs an exponent:
     *
     * <pre>
     * import hashlib, json
     * m = {"engine": "stated", "kind": "static", "settings": {"levelOfTheory": "PBE", "encut": 520}}
     * print("method-" + hashlib.sha256(json.dumps(m, sort_keys=True, separators=(",", ":")).encode()).hexdigest())
     * m = {"engine": "stated", "settings": m["settings"]}
     * print("level-" + hashlib.sha256(json.dumps(m, sort_keys=True, separators=(",", ":")).encode()).hexdigest())
     * </pre>
     */
    @Test
    void theIdIsTheHashOfCanonicalJson() {
        MethodRecord method = client(MethodsApi.class)
                .post(new MethodDocument("stated", "static", Map.of("levelOfTheory", "PBE", "encut", 520.0)));
        assertThat(method.id()).isEqualTo("method-56881b1bbb93d98f1bbdda5a0e7714b564538c6044eee2c692172bc7c0679a6e");
        assertThat(method.levelOfTheory())
                .isEqualTo("level-69b3cac38862b17fcdffadbc2d9e9b88cd69a762689a12d2d6a425c91130718d");
    }

    /** Golden, frozen: the complete settings of the potential engine's cell relaxation. */
    @Test
    void aRelaxationByAPotentialIsFilledIn() {
        String artifact = "artifact-" + "ab".repeat(32);
        Method method = Method.of(new MethodDocument("potential", "cell-relax", Map.of("potential", artifact)));
        assertThat(method.canonical())
                .isEqualTo("{\"engine\":\"potential\",\"kind\":\"cell-relax\",\"settings\":{\"forceTolerance\":0.02,"
                        + "\"fusedBelow\":1.2,\"labels\":\"last\",\"maxEvaluations\":500,\"maxStep\":0.2,"
                        + "\"minimiser\":\"lbfgs\",\"potential\":\"" + artifact
                        + "\",\"pressure\":0,\"stressTolerance\":0.0006}}");
    }

    @Test
    void aRelaxationAndAStaticOfOneSettingAreOfOneLevelOfTheory() {
        MethodRecord still = posted("static", Map.of());
        assertThat(posted("relax", Map.of("NSW", 50)).levelOfTheory()).isEqualTo(still.levelOfTheory());
        assertThat(posted("cell-relax", Map.of("ALGO", "Fast")).levelOfTheory()).isEqualTo(still.levelOfTheory());
        assertThat(posted("static", Map.of("ENCUT", 400)).levelOfTheory()).isNotEqualTo(still.levelOfTheory());
        assertThat(posted("static", Map.of("IVDW", 12)).levelOfTheory()).isNotEqualTo(still.levelOfTheory());
    }

    @Test
    void whatIsNoPhysicsIsRefusedWithTheReason() {
        ProblemDocument cores = problem(() -> posted("static", Map.of("NCORE", 4)));
        assertThat(cores.status()).isEqualTo(422);
        assertThat(cores.errors()).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/settings/incar/NCORE");
            assertThat(error.value()).isEqualTo("4");
            assertThat(error.remedy()).contains("agent's configuration");
        });
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThat(pointer(() -> posted("static", Map.of("ENCAT", 520)))).isEqualTo("/settings/incar/ENCAT");
        assertThat(pointer(() -> posted("static", Map.of("ENCUT", -1)))).isEqualTo("/settings/incar/ENCUT");
        assertThat(pointer(() -> posted("static", Map.of("ENCUT", "520")))).isEqualTo("/settings/incar/ENCUT");
        assertThat(pointer(() -> posted("static", Map.of("NSW", 5)))).isEqualTo("/settings/incar/NSW");
        assertThat(pointer(() -> posted("relax", Map.of("ISIF", 3)))).isEqualTo("/settings/incar/ISIF");
        assertThat(pointer(() -> posted("dance", Map.of()))).isEqualTo("/kind");
        assertThat(pointer(() -> method("psi4", "static", Map.of()))).isEqualTo("/engine");
        assertThat(pointer(() -> method("vasp", "static", Map.of()))).isEqualTo("/settings/potcars");
        assertThat(pointer(() -> method("stated", "static", Map.of("x", 1)))).isEqualTo("/settings/levelOfTheory");
        assertThat(pointer(() -> method("potential", "static", Map.of("potential", "x"))))
                .isEqualTo("/settings/potential");
        assertThat(pointer(() -> method("potential", "static", Map.of("potential", "artifact-" + "0".repeat(64)))))
                .isEqualTo("/settings/potential");
    }

    private String pointer(ThrowableAssert.ThrowingCallable call) {
        return String.valueOf(problem(call).errors().getFirst().pointer());
    }

    @Test
    void nobodySeesAnotherProjectsMethods() {
        String id = stated("mine alone");
        MethodsApi theirs = client(MethodsApi.class, member(TokensForTests.newProject()));
        assertThat(problem(() -> theirs.get(id)).status()).isEqualTo(404);
        assertThat(theirs.list(null, null).items()).isEmpty();
        assertThat(client(MethodsApi.class).list(null, null).items())
                .extracting(MethodRecord::id)
                .isEqualTo(List.of(id));
    }
}
