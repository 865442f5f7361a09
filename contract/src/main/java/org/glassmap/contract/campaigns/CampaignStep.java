package org.glassmap.contract.campaigns;

/**
 * A step that a campaign has done. Steps of one front that search run beside each other; all others follow one another.
 *
 * @param path such as {@code iteration-1/front-2/label} or {@code sweep/front-3/gamma/Li2S}
 * @param ended when its output was kept, ISO 8601
 */
public record CampaignStep(String path, String ended) {}
