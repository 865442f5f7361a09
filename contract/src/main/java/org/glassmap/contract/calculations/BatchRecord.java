package org.glassmap.contract.calculations;

/**
 * How a batch stands. It has ended when nothing is open.
 *
 * @param id {@code batch-<hex>}
 * @param open ready, leased or suspect
 */
public record BatchRecord(String id, int calculations, int open, int succeeded, int failed, int cancelled) {

    public boolean ended() {
        return open == 0;
    }
}
