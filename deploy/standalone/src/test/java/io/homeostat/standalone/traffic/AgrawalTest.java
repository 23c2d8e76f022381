package io.homeostat.standalone.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgrawalTest {
    @Test
    void followsTheFirstFunctionExactlyWithoutPerturbation() {
        Agrawal generator = new Agrawal(new SplittableRandom(1), 0);

        for (int i = 0; i < 1000; i++) {
            Agrawal.Application a = generator.next(1);
            double age = (Double) a.features().get("age");
            assertThat(a.label()).isEqualTo(age < 40 || age >= 60 ? Agrawal.GRANTED : Agrawal.REFUSED);
        }
    }

    @Test
    void paysNoCommissionFromASalaryOf75000On() {
        Agrawal generator = new Agrawal(new SplittableRandom(2), 0);

        for (int i = 0; i < 1000; i++) {
            var features = generator.next(2).features();
            assertThat((Double) features.get("commission") == 0).isEqualTo((Double) features.get("salary") >= 75_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyFunctionGivesBothAnswersAndIsTheSameForTheSameSeed(int function) {
        Agrawal one = new Agrawal(new SplittableRandom(3), 0.05);
        Agrawal other = new Agrawal(new SplittableRandom(3), 0.05);
        int granted = 0;
        for (int i = 0; i < 2000; i++) {
            Agrawal.Application a = one.next(function);
            assertThat(a).isEqualTo(other.next(function));
            granted += a.label().equals(Agrawal.GRANTED) ? 1 : 0;
        }
        assertThat(granted).isBetween(20, 1999);
    }

    @Test
    void refusesAnUnknownFunction() {
        assertThatThrownBy(() -> new Agrawal(new SplittableRandom(1), 0).next(11))
                .hasMessage("function: 11 is outside 1 to 10");
    }
}
