package io.homeostat.meta.method;

class PortfolioTest extends TransferContract {

    @Override
    String name() {
        return "portfolio";
    }
}
