package io.homeostat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.gateway.protocol.RefusedException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(2, 100);

    @Test
    void whatComesBeyondTheMostRequestsIsRefusedUntilOneLeaves() {
        // given
        Admission.Ticket first = admission.enter();
        admission.enter();

        // then
        assertThatThrownBy(admission::enter)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(503))
                .hasMessage(
                        "2 requests are under way, which is the most (homeostat.gateway.max-requests); try again in a"
                                + " second");
        // when: it leaves, and says so twice
        first.leave();
        first.leave();
        // then
        assertThat(admission.requests()).isEqualTo(1);
        admission.enter();
        assertThatThrownBy(admission::enter).isInstanceOf(RefusedException.class);
    }

    @Test
    void bytesOfAllBodiesTogetherAreBoundedButOneAloneIsLetIn() {
        // given
        Admission.Ticket large = admission.enter();
        large.add(90);
        large.add(90);
        Admission.Ticket other = admission.enter();

        // then
        assertThatThrownBy(() -> other.add(1))
                .hasMessage(
                        "requests of 180 bytes are under way, of at most 100 (homeostat.gateway.max-bytes); try again"
                                + " in a second");
        // when
        large.leave();
        // then
        other.add(100);
        assertThat(admission.requests()).isEqualTo(1);
    }
}
