package dev.fleetline.fleetreport;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first so many of many, and how many there were: what a page shows of a list that may be as long as the fleet. */
final class Shortlist<T> {

    private final Comparator<T> order;
    private final int most;
    private final PriorityQueue<T> kept;
    private int count;

    Shortlist(Comparator<T> order, int most) {
        this.order = order;
        this.most = most;
        this.kept = new PriorityQueue<>(most + 1, order.reversed());
    }

    void add(T one) {
        count++;
        kept.add(one);
        if (kept.size() > most) {
            kept.poll();
        }
    }

    /** What is shown, in order. */
    Listed<T> listed() {
        return new Listed<>(count, kept.stream().sorted(order).toList());
    }

    /**
     * The first of a list, and how long it is.
     *
     * @param count of all, shown or not
     */
    record Listed<T>(int count, List<T> first) {

        Listed {
            first = List.copyOf(first);
        }

        int more() {
            return count - first.size();
        }
    }
}
