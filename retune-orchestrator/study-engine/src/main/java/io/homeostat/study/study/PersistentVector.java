package io.homeostat.study.study;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list that never changes and of which a changed copy costs next to nothing: a tree of blocks of 32, of which the copy
 * shares all but the path to the changed element.
 */
final class PersistentVector<E> extends AbstractList<E> implements RandomAccess {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;
    private static final PersistentVector<?> EMPTY = new PersistentVector<>(0, 0, new Object[0]);

    private final int size;
    private final int shift; // of the root's index; 0 if the root is a block of elements
    private final Object[] root;

    private PersistentVector(int size, int shift, Object[] root) {
        this.size = size;
        this.shift = shift;
        this.root = root;
    }

    @SuppressWarnings("unchecked") // it has no element
    static <E> PersistentVector<E> empty() {
        return (PersistentVector<E>) EMPTY;
    }

    static <E> PersistentVector<E> of(Collection<? extends E> elements) {
        PersistentVector<E> vector = empty();
        for (E element : elements) {
            vector = vector.with(vector.size, element);
        }
        return vector;
    }

    @Override
    @SuppressWarnings("unchecked") // blocks at the bottom hold elements only
    public E get(int index) {
        Objects.checkIndex(index, size);
        Object[] block = root;
        for (int level = shift; level > 0; level -= BITS) {
            block = (Object[]) block[index >>> level & WIDTH - 1];
        }
        return (E) block[index & WIDTH - 1];
    }

    @Override
    public int size() {
        return size;
    }

    /** With this element at this place, which may be the one after the last. */
    PersistentVector<E> with(int index, E element) {
        Objects.checkIndex(index, size + 1);
        if (index == 1 << shift + BITS) {
            return new PersistentVector<>(
                    size + 1, shift + BITS, new Object[] {root, changed(new Object[0], shift, index, element)});
        }
        return new PersistentVector<>(Math.max(size, index + 1), shift, changed(root, shift, index, element));
    }

    private static Object[] changed(Object[] block, int level, int index, Object element) {
        int at = index >>> level & WIDTH - 1;
        Object[] copy = Arrays.copyOf(block, Math.max(block.length, at + 1));
        Object[] below = at < block.length && level > 0 ? (Object[]) block[at] : new Object[0];
        copy[at] = level == 0 ? element : changed(below, level - BITS, index, element);
        return copy;
    }
}
