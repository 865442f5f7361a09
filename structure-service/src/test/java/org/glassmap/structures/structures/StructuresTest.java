package org.glassmap.structures.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructureSummary;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.structures.ServiceTest;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuresTest extends ServiceTest {

    @Test
    void whatIsPostedIsReadBackToTheLastBit() {
        StructureDocument posted = new StructureDocument(
                List.of("Li", "P", "S"),
                new double[][] {{4.1, 0.1, -0.0}, {0, 5.3, 1e-17}, {0.2, 0, 6.7}},
                new boolean[] {true, true, false},
                new double[][] {{0.1, 0.2, 0.3}, {-1.5, 9.25, 3}, {1 / 3.0, 2, 4}});
        StructureSummary summary = client(StructuresApi.class).post(posted);
        StructureDocument read = client(StructuresApi.class).document(summary.id());
        assertThat(read.species()).isEqualTo(posted.species());
        assertThat(read.positions()).isDeepEqualTo(posted.positions());
        assertThat(read.lattice()).isDeepEqualTo(new double[][] {{4.1, 0.1, 0}, {0, 5.3, 1e-17}, {0.2, 0, 6.7}});
        assertThat(read.periodic()).containsExactly(true, true, false);
        assertThat(client(StructuresApi.class).post(posted).id()).isEqualTo(summary.id());
    }

    /**
     * Golden. The same id in Python:
     *
     * <pre>
     * import hashlib, struct
     * b = b"glassmap-structure-1\n" + b"Li S" + b"\n" + bytes([1, 1, 1])
     * b += struct.pack(">9d", 4,0,0, 0,4,0, 0,0,4) + struct.pack(">6d", 0,0,0, 2,2,2)
     * print("structure-" + hashlib.sha256(b).hexdigest())
     * </pre>
     */
    @Test
    void theIdIsMadeOfTheContentAlone() {
        assertThat(structure(0))
                .isEqualTo("structure-0bc1243a260cc99651f3acb3d0d828a6e6cd385351d9756be1cbe72804310e29");
    }

    @Test
    void aUniqueBeginningOfAnIdWillDoForReading() {
        String id = structure(0.01);
        String digits = id.substring("structure-".length());
        assertThat(client(StructuresApi.class).summary(digits.substring(0, 12)).id())
                .isEqualTo(id);
        assertThat(client(StructuresApi.class)
                        .summary("structure-" + digits.substring(0, 20))
                        .id())
                .isEqualTo(id);
        assertThat(problem(() -> client(StructuresApi.class).summary(digits.substring(0, 11)))
                        .is(RequestProblem.NOT_FOUND))
                .isTrue();
    }

    @Test
    void nobodySeesWhatAnotherProjectPosted() {
        String id = structure(0.02);
        String stranger = member(TokensForTests.newProject());
        StructuresApi theirs = client(StructuresApi.class, stranger);
        assertThat(problem(() -> theirs.document(id)).status()).isEqualTo(404);
        assertThat(problem(() -> theirs.summary(id)).status()).isEqualTo(404);
        assertThat(theirs.list(null, null, null, null).items()).isEmpty();
        theirs.post(pair(0.02));
        assertThat(theirs.list(null, null, null, null).items()).hasSize(1);
    }

    @Test
    void aListingGoesOnWhereThePageEnded() {
        List<String> posted = new ArrayList<>();
        for (int k = 0; k < 7; k++) {
            posted.add(structure(0.001 * k));
        }
        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<StructureSummary> page = client(StructuresApi.class).list(null, null, cursor, 3);
            page.items().forEach(item -> listed.add(item.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(listed).isEqualTo(posted);
        assertThat(problem(() -> client(StructuresApi.class).list(null, null, "x", 3))
                        .status())
                .isEqualTo(422);
        assertThat(problem(() -> client(StructuresApi.class).list(null, null, null, 0))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void structuresAreFoundByFormulaAndElements() {
        String two = structure(0.03);
        String four = structure(new StructureDocument(
                List.of("Li", "S", "Li", "S"), new double[][] {{8, 0, 0}, {0, 4, 0}, {0, 0, 4}}, null, new double[][] {
                    {0, 0, 0}, {2, 2, 2}, {4, 0, 0}, {6, 2, 2}
                }));
        String lithium = structure(new StructureDocument(List.of("Li"), null, null, new double[][] {{0, 0, 0}}));
        StructuresApi api = client(StructuresApi.class);
        assertThat(ids(api.list("SLi", null, null, null))).containsExactly(two, four);
        assertThat(ids(api.list("Li2S2", null, null, null))).containsExactly(two, four);
        assertThat(ids(api.list(null, "Li", null, null))).containsExactly(two, four, lithium);
        assertThat(ids(api.list(null, "S,Li", null, null))).containsExactly(two, four);
        assertThat(ids(api.list("P2S5", null, null, null))).isEmpty();
        assertThat(problem(() -> api.list("li2s", null, null, null)).status()).isEqualTo(422);
        assertThat(problem(() -> api.list(null, "Xx", null, null)).status()).isEqualTo(422);
    }

    private static List<String> ids(Page<StructureSummary> page) {
        return page.items().stream().map(StructureSummary::id).toList();
    }

    @Test
    void theLinesCompositionIsTold() {
        // Li2S: x = 1; Li and S alone are off the line.
        StructureSummary sulfide = client(StructuresApi.class)
                .post(new StructureDocument(
                        List.of("Li", "Li", "S"), null, null, new double[][] {{0, 0, 0}, {4, 0, 0}, {2, 0, 0}}));
        assertThat(sulfide.li2sFraction()).isEqualTo(1.0);
        assertThat(sulfide.formula()).isEqualTo("Li2S");
        assertThat(sulfide.volume()).isNull();
        StructureSummary off = client(StructuresApi.class).post(pair(0));
        assertThat(off.li2sFraction()).isNull();
        assertThat(off.volume()).isEqualTo(64.0);
    }

    @Test
    void closeAtomsAreWarnedOfAndFusedOnesRefused() {
        StructureSummary close = client(StructuresApi.class)
                .post(new StructureDocument(List.of("Li", "S"), null, null, new double[][] {{0, 0, 0}, {1.0, 0, 0}}));
        assertThat(close.warnings()).singleElement().asString().contains("1.0000 Å");
        ProblemDocument fused = problem(() -> client(StructuresApi.class)
                .post(new StructureDocument(List.of("Li", "S"), null, null, new double[][] {{0, 0, 0}, {0.4, 0, 0}})));
        assertThat(fused.status()).isEqualTo(422);
        assertThat(fused.detail()).contains("0.4000 Å");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/species    | {\"species\":[],\"positions\":[]}",
                "/species    | {\"positions\":[[0,0,0]]}",
                "/species/1  | {\"species\":[\"Li\",\"Xx\"],\"positions\":[[0,0,0],[2,2,2]]}",
                "/species/0  | {\"species\":[null],\"positions\":[[0,0,0]]}",
                "/positions  | {\"species\":[\"Li\"],\"positions\":[[0,0,0],[1,1,1]]}",
                "/positions  | {\"species\":[\"Li\"]}",
                "/positions/0| {\"species\":[\"Li\"],\"positions\":[null]}",
                "/positions/0| {\"species\":[\"Li\"],\"positions\":[[0,0]]}",
                "/positions/0/1 | {\"species\":[\"Li\"],\"positions\":[[0,\"NaN\",0]]}",
                "/positions/0/1 | {\"species\":[\"Li\"],\"positions\":[[0,1e999,0]]}",
                "/lattice    | {\"species\":[\"Li\"],\"lattice\":[[1,0,0]],\"positions\":[[0,0,0]]}",
                "/lattice    | {\"species\":[\"Li\"],\"lattice\":[[4,0,0],[8,0,0],[0,0,4]],\"positions\":[[0,0,0]]}",
                "/periodic   | {\"species\":[\"Li\"],\"periodic\":[true,true,true],\"positions\":[[0,0,0]]}",
                "/periodic   | {\"species\":[\"Li\"],\"periodic\":[true],\"positions\":[[0,0,0]]}"
            })
    void whatCannotBeIsRefusedByName(String pointer, String body) throws Exception {
        var answer = post("/v1/structures", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"pointer\":\"" + pointer.strip() + "\"")
                .contains("\"remedy\"");
    }

    @Test
    void whatTheCallerHasIsNotSentAgain() throws Exception {
        String id = structure(0.25);
        for (String accept : List.of("application/json", "chemical/x-poscar", "application/x-ase+json")) {
            HttpResponse<String> first = get("/v1/structures/" + id, accept);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(tag).startsWith("\"");
            HttpResponse<String> again = send(HttpRequest.newBuilder(at("/v1/structures/" + id))
                    .header("Accept", accept)
                    .header("If-None-Match", tag));
            assertThat(again.statusCode()).as(accept).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            HttpResponse<String> other = send(HttpRequest.newBuilder(at("/v1/structures/" + id))
                    .header("Accept", "chemical/x-cif")
                    .header("If-None-Match", tag));
            assertThat(other.statusCode()).as("another format").isEqualTo(200);
        }
    }

    @Test
    void whatAseAndPymatgenWriteIsTakenAndGivenBack() throws Exception {
        String id = structure(0.125);
        for (String type : List.of("application/x-ase+json", "application/x-pymatgen+json")) {
            HttpResponse<String> given = get("/v1/structures/" + id, type);
            assertThat(given.headers().firstValue("Content-Type")).hasValue(type);
            List<ItemOutcome> taken =
                    upload("/v1/structures", type, given.body().getBytes(StandardCharsets.UTF_8));
            assertThat(taken).singleElement().satisfies(outcome -> {
                assertThat(outcome.structure()).isEqualTo(id);
                assertThat(outcome.outcome()).isEqualTo("existing");
            });
        }
    }
}
