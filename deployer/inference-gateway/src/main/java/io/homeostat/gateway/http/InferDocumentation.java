package io.homeostat.gateway.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The OpenAPI of {@link InferRoute}, which is no resource class that could be read. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class InferDocumentation implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI api) {
        Paths paths = api.getPaths() == null ? OASFactory.createPaths() : api.getPaths();
        paths.addPathItem("/v2/models/{model}/infer", infer("Predictions by the route in force", "model"));
        paths.addPathItem(
                "/v2/models/{model}/versions/{version}/infer",
                infer("Predictions of one version, outside any rollout", "model", "version"));
        api.setPaths(paths);
    }

    private static PathItem infer(String summary, String... parameters) {
        Operation operation = OASFactory.createOperation()
                .summary(summary)
                .tags(List.of("Open Inference Protocol v2"))
                .requestBody(OASFactory.createRequestBody().required(true).content(json()))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("the predictions")
                                        .content(json()))
                        .addAPIResponse(
                                "default",
                                OASFactory.createAPIResponse()
                                        .description("{\"error\": what is wrong, where, and a way out}")
                                        .content(json())));
        for (String name : parameters) {
            operation.addParameter(OASFactory.createParameter()
                    .name(name)
                    .in(Parameter.In.PATH)
                    .required(true)
                    .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
        }
        return OASFactory.createPathItem().POST(operation);
    }

    private static Content json() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().addType(Schema.SchemaType.OBJECT)));
    }
}
