package io.homeostat.backbone.event;

/** Something that a {@link JsonScanner} does not read: whoever scans lets another parser look at it. */
final class UnusualJsonException extends Exception {
    private static final long serialVersionUID = 1;
    private static final UnusualJsonException THE_ONE = new UnusualJsonException();

    private UnusualJsonException() {
        super("unusual JSON", null, false, false);
    }

    /** Goes on if all is as usual. */
    static void unless(boolean usual) throws UnusualJsonException {
        if (!usual) {
            throw THE_ONE;
        }
    }

    static UnusualJsonException it() {
        return THE_ONE;
    }
}
