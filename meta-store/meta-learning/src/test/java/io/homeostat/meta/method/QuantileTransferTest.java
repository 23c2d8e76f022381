package io.homeostat.meta.method;

class QuantileTransferTest extends TransferContract {

    @Override
    String name() {
        return "quantile";
    }
}
