package io.homeostat.meta.method;

class PriorTpeTest extends TransferContract {

    @Override
    String name() {
        return "tpe";
    }
}
