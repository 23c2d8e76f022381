package io.homeostat.meta.method;

class TwoStageTest extends TransferContract {

    @Override
    String name() {
        return "tstr";
    }
}
