package io.xceptionc.compiler.api;

import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.PlanJson;
import io.xceptionc.compiler.plan.PlanPrinter;

/**
 * How a network is computed and where its values lie.
 *
 * @param text for people, lines
 * @param json for programs, one object
 */
public record PlanReport(String text, String json) {

    static PlanReport of(MemoryPlan plan) {
        return new PlanReport(PlanPrinter.print(plan), PlanJson.print(plan));
    }
}
