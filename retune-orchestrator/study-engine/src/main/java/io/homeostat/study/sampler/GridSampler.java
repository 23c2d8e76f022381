package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import org.jspecify.annotations.Nullable;

/**
 * Every point of a grid once, in an order drawn from the seed, so that a study that ends early has seen some of
 * everything.
 *
 * <p>A parameter whose values can be counted has all of them on the grid; one without steps has {@code levels}, evenly
 * spaced on its scale from its lowest value to its highest, of a normal one its quantiles. Where a parameter is not there
 * it has no levels. Points that were tried or are running are passed over, whoever suggested them. When none is left,
 * suggestions are random and say so; a study of a space whose points can be counted is over then.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code levels}: of a parameter without steps; 1, its middle, to 1,000; default 5
 * </ul>
 *
 * <p>Example: {@code {rate: {float: [0.001, 10], log: true}, depth: {int: [1, 3]}}} has 15 points, the rates being 0.001,
 * 0.01, 0.1, 1 and 10.
 */
public final class GridSampler implements Sampler {
    private final int levels;

    /** The options named above. */
    GridSampler(Options options) {
        levels = options.integer("levels", 5, 1, 1_000);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        Unseen unseen = new Unseen(request);
        Progress progress = request.finished().derive(new Progress.Of(levels, request.seed()));
        GridPoints grid = progress.grid;
        for (long place = progress.done; place < grid.size(); place++) {
            Configuration point = grid.at(place);
            if (unseen.test(point)) {
                return new Suggestion(point, "grid: point " + (place + 1) + " of " + grid.size());
            }
        }
        String why = grid.size() == 0
                ? "the grid has more points than can be counted"
                : "all " + grid.size() + " points of the grid are tried or running";
        return unseen.draw(request.random(), "random: " + why);
    }

    /** The grid, and up to where all of its points were tried. */
    private record Progress(GridPoints grid, long done) {

        record Of(int levels, long seed) implements Derivation<Progress> {
            @Override
            public Progress derive(History history, @Nullable Progress before, int known) {
                GridPoints grid = before == null ? new GridPoints(history.space(), levels, seed) : before.grid;
                long done = before == null ? 0 : before.done;
                while (done < grid.size() && history.tried(grid.at(done))) {
                    done++;
                }
                return new Progress(grid, done);
            }
        }
    }
}
