package io.homeostat.meta.method;

class BoundingBoxTest extends TransferContract {

    @Override
    String name() {
        return "box";
    }
}
