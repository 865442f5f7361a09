package org.glassmap.core.learning;

import java.util.List;

/**
 * How descriptor settings are tried.
 *
 * @param frames to try them on, at most; drawn by the seed
 * @param epochs of each quick fit
 * @param hidden layers of its networks
 * @param validation share of the frames that the fits do not see, by groups
 * @param gain relative fall of the validation error that a longer descriptor must bring to be worth its time
 * @param seed of the draw, the split and the fits
 */
public record ProposalSettings(
        int frames, int epochs, List<Integer> hidden, double validation, double gain, long seed) {

    public static final ProposalSettings DEFAULT = new ProposalSettings(200, 20, List.of(24, 24), 0.25, 0.03, 1);

    public ProposalSettings {
        hidden = List.copyOf(hidden);
        if (frames < 4) {
            throw new IllegalArgumentException("frames must be at least 4, got " + frames);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (!(validation > 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation must lie above 0 and at most at 0.5, got " + validation);
        }
        if (!(gain >= 0 && gain < 1)) {
            throw new IllegalArgumentException("gain must lie in 0..1, got " + gain);
        }
    }
}
