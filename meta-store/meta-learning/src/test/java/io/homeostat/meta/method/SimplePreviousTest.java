package io.homeostat.meta.method;

class SimplePreviousTest extends TransferContract {

    @Override
    String name() {
        return "previous";
    }
}
