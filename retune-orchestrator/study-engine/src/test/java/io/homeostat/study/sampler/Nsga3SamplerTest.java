package io.homeostat.study.sampler;

class Nsga3SamplerTest extends SamplerContract {

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("nsga3").sampler();
    }
}
