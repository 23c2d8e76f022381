package io.homeostat.retune.remedy;

/**
 * What a remedy is expected to bring.
 *
 * @param remedy the remedy
 * @param gain the share of the re-fitted champion's loss that it takes off, 0 to 1
 * @param hours processor time that it takes
 */
public record Expectation(Remedy remedy, double gain, double hours) {
    double net(double leastPerHour) {
        return gain - leastPerHour * hours;
    }
}
