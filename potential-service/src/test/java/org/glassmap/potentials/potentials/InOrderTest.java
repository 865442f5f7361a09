package org.glassmap.potentials.potentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InOrderTest {

    private static final int MOST = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final AtomicInteger fetched = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatIsDoneOutOfOrderIsTakenInOrderAndNoMoreThanStatedIsUnderWay() throws IOException {
        List<Integer> taken = new ArrayList<>();
        int[] underWay = new int[1];
        InOrder.run(
                numbers(20_000),
                n -> n % 7 == 0 ? -spun(n) : -n,
                n -> {
                    underWay[0] = Math.max(underWay[0], fetched.get() - taken.size());
                    taken.add(n);
                },
                threads,
                MOST);
        assertThat(taken).isEqualTo(IntStream.range(0, 20_000).mapToObj(n -> -n).toList());
        assertThat(underWay[0]).isEqualTo(MOST);
    }

    @Test
    void whereNobodyTakesNothingIsFetched() {
        assertThatThrownBy(() -> InOrder.run(
                        numbers(20_000),
                        n -> n,
                        n -> {
                            if (n == 9) {
                                throw new IOException("the reader has gone");
                            }
                        },
                        threads,
                        MOST))
                .hasMessage("the reader has gone");
        assertThat(fetched).hasValue(9 + MOST);
    }

    @Test
    void whatGoesWrongInAThreadIsThrownAsItIs() {
        assertThatThrownBy(() -> InOrder.run(
                        numbers(100),
                        n -> {
                            throw new IllegalStateException("piece " + n);
                        },
                        _ -> {},
                        threads,
                        MOST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("piece 0");
        assertThat(fetched).hasValue(MOST);
    }

    private InOrder.Source<Integer> numbers(int count) {
        return () -> fetched.get() == count ? Optional.empty() : Optional.of(fetched.getAndIncrement());
    }

    /** Takes longer than its neighbours. */
    private static int spun(int n) {
        for (int k = 0; k < 1000; k++) {
            Thread.onSpinWait();
        }
        return n;
    }
}
