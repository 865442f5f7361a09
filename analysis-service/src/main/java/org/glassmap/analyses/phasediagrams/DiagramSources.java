package org.glassmap.analyses.phasediagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.analyses.peers.EnergyOfStructure;
import org.glassmap.analyses.peers.LabelStore;
import org.glassmap.analyses.peers.Peers;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.campaigns.CampaignPoint;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRequest;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what a request names: labels, a dataset or a campaign. */
@Component
class DiagramSources {

    private final Peers peers;

    DiagramSources(Peers peers) {
        this.peers = peers;
    }

    DiagramInput gather(PhaseDiagramRequest request, ProjectId project, String user) {
        LabelStore store = peers.labels(project, user);
        if (request.labels() != null) {
            return ofLabels(request.labels(), store, request);
        }
        if (request.dataset() != null) {
            return ofDataset(request.dataset(), store, request);
        }
        String campaign = request.campaign();
        if (campaign == null) {
            throw invalid("/", "give one of labels, dataset and campaign");
        }
        return ofCampaign(campaign, peers.campaigns(project, user).points(campaign), store, request);
    }

    private static DiagramInput ofLabels(List<String> ids, LabelStore store, PhaseDiagramRequest request) {
        return assembled(plain(ids), null, store, request);
    }

    private static DiagramInput ofCampaign(
            String campaign, List<CampaignPoint> points, LabelStore store, PhaseDiagramRequest request) {
        Map<String, CampaignPoint> byLabel = new LinkedHashMap<>();
        // A crystal may be a start and an end member, too: the point that has a name tells more.
        points.forEach(point -> byLabel.merge(point.label(), point, (a, b) -> a.name() != null ? a : b));
        List<Wanted> wanted = byLabel.values().stream()
                .map(point -> new Wanted(point.label(), point.name(), point.calculation(), point.spread()))
                .toList();
        return assembled(wanted, campaign, store, request);
    }

    /**
     * A label to be fetched.
     *
     * @param calculation that is known to have made it; absent where the label's own sources tell
     */
    private record Wanted(
            String label,
            @Nullable String name,
            @Nullable String calculation,
            @Nullable Double spread) {}

    private static List<Wanted> plain(List<String> ids) {
        return ids.stream()
                .distinct()
                .map(id -> new Wanted(id, null, null, null))
                .toList();
    }

    private static DiagramInput assembled(
            List<Wanted> wanted, @Nullable String campaign, LabelStore store, PhaseDiagramRequest request) {
        if (wanted.isEmpty()) {
            throw invalid("/labels", "there is no label to draw");
        }
        List<DiagramInput.Entry> entries = new ArrayList<>();
        @Nullable MethodRecord first = null;
        for (Wanted one : wanted) {
            LabelRecord label = store.label(one.label());
            MethodRecord method = store.method(label.method());
            if (first == null) {
                first = method;
            }
            requireSameLevel(first, method, label);
            EnergyOfStructure energy = store.energy(label);
            if (one.calculation() != null) {
                energy = new EnergyOfStructure(
                        energy.label(), energy.structure(), energy.composition(), energy.energy(), one.calculation());
            }
            entries.add(new DiagramInput.Entry(energy, name(energy, one.name(), request), one.spread()));
        }
        if (first == null) {
            throw new IllegalStateException("there was a label");
        }
        return new DiagramInput(first.levelOfTheory(), words(first, request), entries, campaign);
    }

    private static DiagramInput ofDataset(String dataset, LabelStore store, PhaseDiagramRequest request) {
        DatasetVersion version = store.dataset(dataset);
        List<EnergyOfStructure> energies = store.energies(version);
        if (energies.isEmpty()) {
            throw invalid("/dataset", version.id() + " has no label");
        }
        MethodRecord method =
                store.method(store.label(energies.getFirst().label()).method());
        List<DiagramInput.Entry> entries = energies.stream()
                .map(energy -> new DiagramInput.Entry(energy, name(energy, null, request), null))
                .toList();
        return new DiagramInput(version.levelOfTheory(), words(method, request), entries, null);
    }

    private static @Nullable String name(
            EnergyOfStructure energy, @Nullable String otherwise, PhaseDiagramRequest request) {
        Map<String, String> names = request.names() == null ? Map.of() : request.names();
        return names.getOrDefault(energy.structure(), otherwise);
    }

    private static void requireSameLevel(MethodRecord first, MethodRecord method, LabelRecord label) {
        if (!method.levelOfTheory().equals(first.levelOfTheory())) {
            throw invalid(
                    "/labels",
                    "energies of two levels of theory cannot be compared: %s was made by %s, the first label by %s"
                            .formatted(label.id(), method.id(), first.id()));
        }
    }

    /** As it is written on the figure. */
    private static String words(MethodRecord method, PhaseDiagramRequest request) {
        @Nullable String stated = request.referenceMethod();
        if (stated != null && !stated.isBlank()) {
            return stated;
        }
        Map<String, Object> settings = new TreeMap<>(method.settings());
        return switch (method.engine()) {
            case "stated" -> String.valueOf(settings.get("levelOfTheory"));
            case "potential" -> "engine potential, " + shortened(String.valueOf(settings.get("potential")));
            default -> "engine %s, %s".formatted(method.engine(), shortened(method.levelOfTheory()));
        };
    }

    /** Twelve digits of a hash name it well enough for people, and are taken as an id. */
    private static String shortened(String id) {
        int hash = id.lastIndexOf('-') + 1;
        return id.length() - hash > 12 ? id.substring(0, hash + 12) : id;
    }

    static ProblemException invalid(String pointer, String detail) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, detail).with(ProblemError.at(pointer, detail));
    }
}
