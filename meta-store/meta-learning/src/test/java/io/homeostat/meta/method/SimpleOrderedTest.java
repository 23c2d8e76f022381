package io.homeostat.meta.method;

class SimpleOrderedTest extends TransferContract {

    @Override
    String name() {
        return "ordered";
    }
}
