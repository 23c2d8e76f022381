package io.homeostat.meta.method;

class PriorGpTest extends TransferContract {

    @Override
    String name() {
        return "gp";
    }
}
