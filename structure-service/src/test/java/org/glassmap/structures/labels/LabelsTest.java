package org.glassmap.structures.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert;
import org.glassmap.contract.datasets.DatasetRequest;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.labels.LabelDocument;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.provenance.ProvenanceApi;
import org.glassmap.contract.provenance.ProvenanceRecord;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.core.SharedReference;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.structures.ServiceTest;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;

/** Labels, the datasets that are made of them, and where both came from. */
class LabelsTest extends ServiceTest {

    private static String frame(double x, double energy, String keys) {
        return """
                2
                Lattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:forces:R:3 energy=%s \
                stress="0.1 0 0 0 0.2 0 0 0 0.3" pbc="T T T" %s
                Li 0 0 0 0.5 0 0
                S %s 2 2 -0.5 0 0
                """.formatted(energy, keys, x);
    }

    private List<ItemOutcome> post(String method, String name, String frames) throws Exception {
        return upload(
                "/v1/labels?method=%s&name=%s".formatted(method, name),
                "chemical/x-extxyz",
                frames.getBytes(StandardCharsets.UTF_8));
    }

    private static String field(ItemOutcome outcome) {
        return Objects.requireNonNull(outcome.error(), "an error").field();
    }

    private static String label(ItemOutcome outcome) {
        return String.valueOf(outcome.label());
    }

    @Test
    void aLabelIsReadBackWithItsSource() throws Exception {
        String method = stated("PBE of this test");
        ItemOutcome outcome = post(method, "my.extxyz", frame(2, -7.5, "config=c1 group=removed"))
                .getFirst();
        LabelRecord label = client(LabelsApi.class).get(label(outcome));
        assertThat(label.structure()).isEqualTo(structure(0));
        assertThat(label.method()).isEqualTo(method);
        assertThat(label.energy()).isEqualTo(-7.5);
        assertThat(label.forces()).isDeepEqualTo(new double[][] {{0.5, 0, 0}, {-0.5, 0, 0}});
        assertThat(label.stress()).isDeepEqualTo(new double[][] {{0.1, 0, 0}, {0, 0.2, 0}, {0, 0, 0.3}});
        assertThat(label.sources()).singleElement().satisfies(source -> {
            assertThat(source.upload()).isEqualTo("my.extxyz");
            assertThat(source.attributes()).containsEntry("config", "c1").containsEntry("group", "removed");
        });
        assertThat(post(method, "my.extxyz", frame(2, -7.5, "config=c1 group=removed")))
                .extracting(ItemOutcome::outcome)
                .containsExactly("existing");
        assertThat(client(LabelsApi.class).get(label(outcome)).sources()).hasSize(1);
    }

    /**
     * Golden. In Python:
     *
     * <pre>
     * import hashlib, struct
     * b = ("glassmap-label-1\nstructure-" + "a" * 64 + "\nmethod-" + "b" * 64 + "\n").encode()
     * b += struct.pack(">d", -7.5) + b"\x01" + struct.pack(">3d", 0.5, 0, -1) + b"\x00"
     * print("label-" + hashlib.sha256(b).hexdigest())
     * </pre>
     */
    @Test
    void theIdIsMadeOfStructureMethodAndNumbers() {
        Label label = Label.of(
                new ContentId(ContentKind.STRUCTURE, "a".repeat(64)),
                new ContentId(ContentKind.METHOD, "b".repeat(64)),
                -7.5,
                new double[] {0.5, -0.0, -1},
                null);
        assertThat(label.id()).hasToString("label-e8ef8c62d843b04f138a1d2f2882f4b3cf7c508f4f385d10f761d51bfa3aa241");
    }

    @Test
    void aFrameWithoutEnergyIsNamed() throws Exception {
        String method = stated("needs energies");
        List<ItemOutcome> outcomes = post(
                method,
                "x",
                frame(2, 1, "")
                        + frame(2.1, 1, "").replace("energy=1.0", "")
                        + frame(2.2, 1, "").replace("energy=1.0", "energy=inf"));
        assertThat(outcomes).extracting(ItemOutcome::outcome).containsExactly("inserted", "error", "error");
        assertThat(String.valueOf(outcomes.get(1).error())).contains("energy").contains("/v1/structures");
    }

    @Test
    void linesOfJsonCarryLabelsToo() throws Exception {
        String method = stated("lines");
        String good = json.writeValueAsString(new LabelDocument(
                pair(0), -1, new double[][] {{0, 0, 1}, {0, 0, -1}}, null, Map.of("config", "c")));
        String bad = json.writeValueAsString(new LabelDocument(pair(0), -1, new double[][] {{0, 0, 1}}, null, null));
        String reserved = json.writeValueAsString(new LabelDocument(pair(0), -1, null, null, Map.of("energy", "5")));
        List<ItemOutcome> outcomes = upload(
                "/v1/labels?method=" + method,
                "application/x-ndjson",
                (good + "\n" + bad + "\n" + reserved + "\n{}\n").getBytes(StandardCharsets.UTF_8));
        assertThat(outcomes).extracting(ItemOutcome::outcome).containsExactly("inserted", "error", "error", "error");
        assertThat(field(outcomes.get(1))).isEqualTo("/forces");
        assertThat(field(outcomes.get(2))).isEqualTo("/attributes/energy");
        assertThat(client(LabelsApi.class).get(label(outcomes.getFirst())).stress())
                .isNull();
    }

    @Test
    void withoutAMethodNothingIsALabel() throws Exception {
        assertThat(post("/v1/labels", "chemical/x-extxyz", frame(2, 1, "").getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> unknown = post(
                "/v1/labels?method=method-" + "0".repeat(64),
                "chemical/x-extxyz",
                frame(2, 1, "").getBytes(StandardCharsets.UTF_8));
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void labelsAreListedByMethodAndStructure() throws Exception {
        String one = stated("one");
        String two = stated("two");
        post(one, "x", frame(2, 1, "") + frame(2.5, 1, ""));
        post(two, "x", frame(2, 1, ""));
        LabelsApi api = client(LabelsApi.class);
        assertThat(api.list(null, null, null, null).items()).hasSize(3);
        assertThat(api.list(one, null, null, null).items()).hasSize(2);
        assertThat(api.list(null, structure(0), null, null).items()).hasSize(2);
        assertThat(api.list(two, structure(0.5), null, null).items()).isEmpty();
        assertThat(api.list(one, null, null, 1).next()).isNotNull();
    }

    @Test
    void nobodySeesAnotherProjectsLabelsOrSources() throws Exception {
        String method = stated("common knowledge");
        String id = label(post(method, "secret", frame(2, 3, "config=mine")).getFirst());
        var stranger = TokensForTests.newProject();
        LabelsApi theirs = client(LabelsApi.class, member(stranger));
        assertThat(problem(() -> theirs.get(id)).status()).isEqualTo(404);
        assertThat(theirs.list(null, null, null, null).items()).isEmpty();
        assertThat(problem(() -> client(ProvenanceApi.class, member(stranger)).get(id))
                        .status())
                .isEqualTo(404);
    }

    // Datasets.

    @Test
    void aDatasetIsItsLabelsAndItsNamesGoOn() throws Exception {
        String method = stated("for datasets");
        List<String> labels = post(method, "x", frame(2, 1, "config=a") + frame(2.25, 2, "config=b")).stream()
                .map(LabelsTest::label)
                .toList();
        DatasetsApi api = client(DatasetsApi.class);
        DatasetVersion first = api.post("training", new DatasetRequest(labels));
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.labels()).isEqualTo(2);
        assertThat(first.atoms()).isEqualTo(4);
        assertThat(first.elements()).containsExactly("Li", "S");
        assertThat(api.post("training", new DatasetRequest(labels.reversed()))).isEqualTo(first);
        DatasetVersion second = api.post("training", new DatasetRequest(labels.subList(0, 1)));
        assertThat(second.version()).isEqualTo(2);
        assertThat(api.get("training")).isEqualTo(second);
        assertThat(api.get("training@1")).isEqualTo(first);
        assertThat(api.get(first.id())).isEqualTo(first);
        assertThat(api.get(first.id().substring(0, 30))).isEqualTo(first);
        assertThat(api.post("other", new DatasetRequest(labels)).id()).isEqualTo(first.id());
        assertThat(api.list(null, null).items()).hasSize(3);
        assertThat(problem(() -> api.get("training@3")).status()).isEqualTo(404);
        DatasetsApi theirs = client(DatasetsApi.class, member(TokensForTests.newProject()));
        assertThat(problem(() -> theirs.get(first.id())).status()).isEqualTo(404);
        assertThat(problem(() -> theirs.get("training")).status()).isEqualTo(404);
        assertThat(theirs.list(null, null).items()).isEmpty();
    }

    @Test
    void twoLevelsOfTheoryAreNeverMixed() throws Exception {
        String one = label(post(stated("PBE"), "x", frame(2, 1, "")).getFirst());
        String other = label(post(stated("PBEsol"), "x", frame(2, 1, "")).getFirst());
        ProblemDocument problem =
                problem(() -> client(DatasetsApi.class).post("mixed", new DatasetRequest(List.of(one, other))));
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.detail()).contains(one).contains(other).contains("level-");
    }

    @Test
    void whatCannotBeInADatasetIsNamed() throws Exception {
        String label = label(post(stated("x"), "x", frame(2, 1, "")).getFirst());
        DatasetsApi api = client(DatasetsApi.class);
        assertThat(pointer(() -> api.post("d", new DatasetRequest(List.of(label, "label-" + "0".repeat(64))))))
                .isEqualTo("/labels/1");
        assertThat(pointer(() -> api.post("d", new DatasetRequest(List.of(label, label)))))
                .isEqualTo("/labels/1");
        assertThat(pointer(() -> api.post("d", new DatasetRequest(List.of("x")))))
                .isEqualTo("/labels/0");
        assertThat(pointer(() -> api.post("d", new DatasetRequest(List.of())))).isEqualTo("/labels");
        assertThat(problem(() -> api.post("dataset-x", new DatasetRequest(List.of(label))))
                        .status())
                .isEqualTo(422);
    }

    private static String pointer(ThrowableAssert.ThrowingCallable call) {
        return String.valueOf(problem(call).errors().getFirst().pointer());
    }

    @Test
    void aDatasetsFramesAreReadWithAllTheySay() throws Exception {
        String method = stated("frames");
        List<ItemOutcome> outcomes = post(method, "x", frame(2, 1, "config=a x_Li2S=0.5") + frame(2.25, 2, "config=b"));
        DatasetVersion version = client(DatasetsApi.class)
                .post(
                        "frames",
                        new DatasetRequest(
                                outcomes.stream().map(LabelsTest::label).toList()));
        HttpResponse<String> body = get("/v1/datasets/frames@1/frames", "*/*");
        assertThat(body.headers().firstValue("Content-Type")).hasValue("chemical/x-extxyz");
        List<Frame> frames = ExtendedXyz.reader(
                        new ByteArrayInputStream(body.body().getBytes(StandardCharsets.UTF_8)))
                .frames();
        assertThat(frames).hasSize(2);
        assertThat(frames)
                .isSortedAccordingTo(Comparator.comparing(f -> f.metadata().get("label")));
        Frame a = frames.stream()
                .filter(frame -> "a".equals(frame.metadata().get("config")))
                .findFirst()
                .orElseThrow();
        assertThat(a.energy()).hasValue(1);
        assertThat(a.forces().orElseThrow()).containsExactly(0.5, 0, 0, -0.5, 0, 0);
        assertThat(a.stress().orElseThrow()).containsExactly(0.1, 0, 0, 0, 0.2, 0, 0, 0, 0.3);
        assertThat(a.metadata())
                .containsEntry("label", label(outcomes.getFirst()))
                .containsEntry("structure", structure(0))
                .containsEntry("method", method)
                .containsEntry("x_Li2S", "0.5");
        assertThat(get("/v1/datasets/" + version.id() + "/frames", "chemical/x-extxyz")
                        .body())
                .isEqualTo(body.body());
    }

    @Test
    void aLabelKnowsWhereItCameFromAndWhatWasMadeOfIt() throws Exception {
        String method = stated("edges");
        String label = label(post(method, "file.extxyz", frame(2, 1, "")).getFirst());
        DatasetVersion dataset = client(DatasetsApi.class).post("edges", new DatasetRequest(List.of(label)));
        ProvenanceRecord edges = client(ProvenanceApi.class).get(label);
        assertThat(edges.sources())
                .containsExactlyInAnyOrder(
                        new ProvenanceRecord.Edge("structure", structure(0), null, null),
                        new ProvenanceRecord.Edge("method", method, null, null),
                        new ProvenanceRecord.Edge("upload", null, "file.extxyz", null));
        assertThat(edges.uses()).containsExactly(new ProvenanceRecord.Edge("dataset", dataset.id(), "edges@1", null));
        assertThat(client(ProvenanceApi.class).get(structure(0)).uses())
                .contains(new ProvenanceRecord.Edge("label", label, null, null));
        assertThat(client(ProvenanceApi.class).get(dataset.id()).sources())
                .containsExactly(new ProvenanceRecord.Edge("label", label, null, null));
        assertThat(problem(() -> client(ProvenanceApi.class).get("campaign-1")).status())
                .isEqualTo(404);
    }

    // Real files.

    @Test
    void theSharedArchiveOfXsfFilesGoesIn() throws Exception {
        Path archive = SharedReference.dataset("xsf-sample.tar.gz");
        List<ItemOutcome> outcomes = upload(
                "/v1/labels?name=xsf-sample&method=" + stated("SevenNet-0 (PBE-like)"),
                "application/gzip",
                Files.readAllBytes(archive));
        assertThat(outcomes).hasSize(300).noneMatch(outcome -> outcome.outcome().equals("error"));
        assertThat(outcomes).allMatch(outcome -> outcome.entry() != null && outcome.label() != null);
    }

    @Test
    void theStepsOfARealVaspRunBecomeLabels() throws Exception {
        Path folder = SharedReference.reference("vasp");
        String method = stated("whatever its INCAR says");
        List<ItemOutcome> outcomes = upload(
                "/v1/labels?name=cu&method=" + method,
                "application/x-vasprun+xml",
                Files.readAllBytes(folder.resolve("cu-relax-d3-v621/vasprun.xml.gz")));
        assertThat(outcomes).isNotEmpty().noneMatch(outcome -> outcome.outcome().equals("error"));
        LabelRecord last = client(LabelsApi.class).get(label(outcomes.getLast()));
        assertThat(last.energy()).isEqualTo(-15.89364691); // the free energy is −15.92115453
        assertThat(last.forces()).isNotNull();
        assertThat(last.sources().getFirst().attributes()).containsKey("ionic_step");
        List<ItemOutcome> unconverged = upload(
                "/v1/labels?name=si2&method=" + method,
                "application/xml",
                Files.readAllBytes(folder.resolve("si2-elec-unconverged-v544/vasprun.xml")));
        assertThat(unconverged).anyMatch(outcome -> outcome.outcome().equals("error"));
    }

    @Test
    void theSharedRemovedStructuresGoInAndComeOutTheSame() throws Exception {
        byte[] bytes = Files.readAllBytes(SharedReference.dataset("removed.extxyz.gz"));
        List<ItemOutcome> outcomes = upload(
                "/v1/labels?name=removed.extxyz.gz&method=" + stated("SevenNet-0 (PBE-like)"),
                "chemical/x-extxyz",
                bytes);
        assertThat(outcomes).noneMatch(outcome -> outcome.outcome().equals("error"));
        client(DatasetsApi.class)
                .post(
                        "removed",
                        new DatasetRequest(outcomes.stream()
                                .map(LabelsTest::label)
                                .distinct()
                                .toList()));
        Map<String, Frame> byLabel = new HashMap<>();
        try (InputStream in = new ByteArrayInputStream(
                get("/v1/datasets/removed/frames", "*/*").body().getBytes(StandardCharsets.UTF_8))) {
            ExtendedXyz.reader(in)
                    .frames()
                    .forEach(frame -> byLabel.put(frame.metadata().get("label"), frame));
        }
        List<Frame> sent = ExtendedXyz.reader(new ByteArrayInputStream(bytes)).frames();
        assertThat(sent).hasSize(outcomes.size());
        for (int k = 0; k < sent.size(); k++) {
            Frame back = Objects.requireNonNull(byLabel.get(label(outcomes.get(k))));
            assertThat(back.structure()).isEqualTo(sent.get(k).structure());
            assertThat(back.energy()).isEqualTo(sent.get(k).energy());
            assertThat(back.forces().orElseThrow())
                    .isEqualTo(sent.get(k).forces().orElseThrow());
            assertThat(back.metadata()).containsAllEntriesOf(sent.get(k).metadata());
        }
    }
}
