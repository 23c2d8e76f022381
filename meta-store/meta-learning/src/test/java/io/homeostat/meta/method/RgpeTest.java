package io.homeostat.meta.method;

class RgpeTest extends TransferContract {

    @Override
    String name() {
        return "rgpe";
    }
}
