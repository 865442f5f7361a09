package org.glassmap.benchmarks.services;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.contract.campaigns.CampaignRecord;
import org.glassmap.contract.campaigns.CampaignsApi;
import org.glassmap.standalone.demo.Demo;
import org.glassmap.standalone.demo.GatewayClient;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./glassmap demo} in a fresh installation, by the clock on the wall, part by part as the campaign kept it. */
public final class DemoSection implements Section {

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String description() {
        return "the demo part by part, in a fresh installation (with --short the quick one)";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        boolean quick = effort != Effort.FULL;
        String size = quick ? "demo --quick" : "demo";
        try (TemporaryInstallation glassmap = TemporaryInstallation.up(told)) {
            GatewayClient client = new GatewayClient(glassmap.address(), glassmap.adminToken());
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            long start = System.nanoTime();
            try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
                Demo.of(client, quick, 1, glassmap.folder().resolve("out"), out, false)
                        .run();
            }
            double all = 1e-9 * (System.nanoTime() - start);
            List<Row> rows = new ArrayList<>();
            rows.add(seconds("the demo, once everything is up", size, all, "both cores' flops"));
            Map<CampaignParts.Part, Double> parts = parts(glassmap);
            parts.forEach((part, seconds) -> rows.add(seconds("  " + part.what(), size, seconds, limit(part))));
            double campaign =
                    parts.values().stream().mapToDouble(Double::doubleValue).sum();
            rows.add(seconds(
                    "  crystals, the teacher's error, diagram, figures", size, all - campaign, "HTTP, drawing"));
            return rows;
        }
    }

    private static Map<CampaignParts.Part, Double> parts(TemporaryInstallation glassmap) {
        Clients clients = new Clients(
                JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(60), Duration.ofMinutes(2)));
        CampaignsApi campaigns = clients.client(CampaignsApi.class, glassmap.address(), glassmap::adminToken);
        CampaignRecord campaign = campaigns.list(null, 1).items().getFirst();
        return CampaignParts.seconds(Instant.parse(campaign.created()), campaigns.steps(campaign.id()));
    }

    private static Row seconds(String what, String size, double seconds, String limit) {
        return new Row(what, size, seconds, seconds, "s", null, List.of(), limit);
    }

    private static String limit(CampaignParts.Part part) {
        return switch (part) {
            case LABELS, RELAXATIONS -> "flops of the teacher";
            case TRAININGS -> "flops: descriptors and networks";
            case WALKS -> "flops of the student";
            case RECORDS -> "flops of the student; commits";
        };
    }
}
