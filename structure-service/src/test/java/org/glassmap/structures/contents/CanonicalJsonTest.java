package org.glassmap.structures.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    /** RFC 8785, appendix B: the bits of a double and how it must be written. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersAreWrittenAsTheRfcsAppendixWritesThem(String bits, String written) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(CanonicalJson.of(value)).isEqualTo(written);
    }

    @Test
    void aWholeNumberAndItsDoubleAreTheSame() {
        assertThat(CanonicalJson.of(520)).isEqualTo("520").isEqualTo(CanonicalJson.of(520.0));
        assertThat(CanonicalJson.of(1e-7)).isEqualTo("1e-7");
    }

    @Test
    void aWholeNumberThatNoDoubleHoldsIsRefused() {
        BigInteger odd = BigInteger.TWO.pow(60).add(BigInteger.ONE);
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(Double.NaN));
    }

    /** RFC 8785, 3.2.3: the order of keys, by UTF-16 code units and not by code points. */
    @Test
    void keysAreSortedByCodeUnits() {
        Map<String, Object> unsorted =
                Map.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "\u00f6", 7);
        assertThat(CanonicalJson.of(unsorted))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    /** RFC 8785, 3.2.2. */
    @Test
    void textIsEscapedAsLittleAsCanBe() {
        assertThat(CanonicalJson.of("\u20ac$\u000f\nA'B\"\\\\\"/"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of("\ud83d"));
    }

    @Test
    void emptyAndNestedValuesKeepTheirShape() {
        assertThat(CanonicalJson.of(Map.of("a", List.of(), "b", Map.of(), "c", Arrays.asList(null, true))))
                .isEqualTo("{\"a\":[],\"b\":{},\"c\":[null,true]}");
    }
}
