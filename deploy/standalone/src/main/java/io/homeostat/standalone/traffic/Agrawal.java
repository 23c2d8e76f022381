package io.homeostat.standalone.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The loan-approval generator: nine features of an applicant, and ten functions that decide whether the loan is granted.
 * Changing the function is a change of concept that leaves the inputs as they are.
 *
 * <p>Source: R. Agrawal, T. Imielinski, A. Swami, "Database Mining: A Performance Perspective", IEEE Transactions on
 * Knowledge and Data Engineering 5(6), 1993.
 */
public final class Agrawal {
    /** The two labels. */
    public static final String GRANTED = "granted";

    public static final String REFUSED = "refused";

    private final RandomGenerator random;
    private final double perturbation;

    /**
     * @param random the source of applicants
     * @param perturbation share of a number's range by which it may be off after the decision, 0 to 1; .05 is usual
     */
    public Agrawal(RandomGenerator random, double perturbation) {
        if (!(perturbation >= 0 && perturbation <= 1)) {
            throw new IllegalArgumentException("perturbation: " + perturbation + " is outside 0 to 1");
        }
        this.random = random;
        this.perturbation = perturbation;
    }

    /**
     * An applicant and the decision about them.
     *
     * @param features salary, commission, age, elevel, car, zipcode, hvalue, hyears, loan
     * @param label {@link #GRANTED} or {@link #REFUSED}
     */
    public record Application(Map<String, Object> features, String label) {}

    /**
     * The next applicant.
     *
     * @param function which of the ten decides, 1 to 10
     */
    public Application next(int function) {
        double salary = random.nextDouble(20_000, 150_000);
        double commission = salary >= 75_000 ? 0 : random.nextDouble(10_000, 75_000);
        double age = random.nextInt(20, 81);
        int elevel = random.nextInt(5);
        int car = random.nextInt(1, 21);
        int zipcode = random.nextInt(9);
        double houseValue = (9 - zipcode) * 100_000.0 * (0.5 + random.nextDouble());
        double houseYears = random.nextInt(1, 31);
        double loan = random.nextDouble(0, 500_000);
        boolean granted = granted(function, salary, commission, age, elevel, houseValue, houseYears, loan);
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("salary", perturbed(salary, 20_000, 150_000));
        features.put("commission", commission == 0 ? 0.0 : perturbed(commission, 10_000, 75_000));
        features.put("age", (double) Math.round(perturbed(age, 20, 80)));
        features.put("elevel", "e" + elevel);
        features.put("car", "c" + car);
        features.put("zipcode", "z" + zipcode);
        features.put("hvalue", perturbed(houseValue, 50_000, 1_350_000));
        features.put("hyears", (double) Math.round(perturbed(houseYears, 1, 30)));
        features.put("loan", perturbed(loan, 0, 500_000));
        return new Application(features, granted ? GRANTED : REFUSED);
    }

    private double perturbed(double value, double low, double high) {
        double off = (random.nextDouble() * 2 - 1) * perturbation * (high - low);
        return Math.max(low, Math.min(high, value + off));
    }

    private static boolean granted(
            int function,
            double salary,
            double commission,
            double age,
            int elevel,
            double houseValue,
            double houseYears,
            double loan) {
        double income = salary + commission;
        double equity = houseYears < 20 ? 0 : 0.1 * houseValue * (houseYears - 20);
        return switch (function) {
            case 1 -> age < 40 || age >= 60;
            case 2 ->
                age < 40
                        ? in(salary, 50_000, 100_000)
                        : age < 60 ? in(salary, 75_000, 125_000) : in(salary, 25_000, 75_000);
            case 3 -> age < 40 ? elevel <= 1 : age < 60 ? elevel >= 1 && elevel <= 3 : elevel >= 2;
            case 4 ->
                age < 40
                        ? (elevel <= 1 ? in(salary, 25_000, 75_000) : in(salary, 50_000, 100_000))
                        : age < 60
                                ? (elevel >= 1 && elevel <= 3
                                        ? in(salary, 50_000, 100_000)
                                        : in(salary, 75_000, 125_000))
                                : (elevel >= 2 ? in(salary, 50_000, 100_000) : in(salary, 25_000, 75_000));
            case 5 ->
                age < 40
                        ? (in(salary, 50_000, 100_000) ? in(loan, 100_000, 300_000) : in(loan, 200_000, 400_000))
                        : age < 60
                                ? (in(salary, 75_000, 125_000)
                                        ? in(loan, 200_000, 400_000)
                                        : in(loan, 300_000, 500_000))
                                : (in(salary, 25_000, 75_000)
                                        ? in(loan, 300_000, 500_000)
                                        : in(loan, 100_000, 300_000));
            case 6 ->
                age < 40
                        ? in(income, 50_000, 100_000)
                        : age < 60 ? in(income, 75_000, 125_000) : in(income, 25_000, 75_000);
            case 7 -> 2 * income / 3 - loan / 5 - 20_000 > 0;
            case 8 -> 2 * income / 3 - 5_000.0 * elevel - 20_000 > 0;
            case 9 -> 2 * income / 3 - 5_000.0 * elevel - loan / 5 - 10_000 > 0;
            case 10 -> 2 * income / 3 - 5_000.0 * elevel + equity / 5 - 10_000 > 0;
            default -> throw new IllegalArgumentException("function: " + function + " is outside 1 to 10");
        };
    }

    private static boolean in(double value, double low, double high) {
        return value >= low && value <= high;
    }
}
