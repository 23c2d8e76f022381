package io.homeostat.meta.method;

class WarmCmaEsTest extends TransferContract {

    @Override
    String name() {
        return "cmaes";
    }
}
