package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.meta.transfer.Recommendation;
import io.homeostat.meta.transfer.Request;
import io.homeostat.meta.transfer.WarmConfiguration;
import io.homeostat.meta.transfer.WarmStart;
import io.homeostat.metastore.recommend.Answer.Advice;
import io.homeostat.study.space.Projection;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers a question from the records: the ordered warm start of {@link WarmStart}, each configuration made a point of the
 * asked space. A value that the space does not allow is left out rather than moved to the border.
 */
public final class Recommender {
    private Recommender() {}

    /**
     * What to try first.
     *
     * @throws SpaceException if the question's space is none
     */
    public static Answer answer(Question question, Collection<MetaRecord> records) {
        Space space = Space.parse(question.space());
        TaskRecords tasks = TaskRecords.of(records);
        Request request = new Request(
                question.model(),
                question.trainer(),
                question.features(),
                question.most(),
                (name, value) -> space.accepts(name, value));
        Recommendation found = WarmStart.recommend(request, tasks.usable());
        List<IgnoredRecord> ignored = Stream.concat(tasks.refused().stream(), found.ignored().stream())
                .limit(Recommendation.MOST_LISTED)
                .toList();
        return new Answer(
                question.model(),
                found.configurations().stream().map(warm -> advice(space, warm)).toList(),
                ignored,
                tasks.refused().size() + found.ignoredInAll(),
                records.size());
    }

    private static Advice advice(Space space, WarmConfiguration warm) {
        Projection projection = space.project(warm.parameters());
        return new Advice(
                projection.configuration().values(),
                projection.kept(),
                projection.filled(),
                warm.sourceTask(),
                warm.distance(),
                warm.reason());
    }
}
