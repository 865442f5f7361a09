/**
 * Campaigns: label, train, sample, select, label again, train again, until a phase diagram stands.
 *
 * <p>A campaign is a script ({@link org.glassmap.sampler.campaigns.CampaignRun}) whose steps are remembered by their
 * path ({@link org.glassmap.sampler.campaigns.Steps}). After a crash the script runs anew from its top: what has been
 * done is read, what has not is done. Nothing else is kept, so there is nothing that could disagree.
 */
@NullMarked
package org.glassmap.sampler.campaigns;

import org.jspecify.annotations.NullMarked;
