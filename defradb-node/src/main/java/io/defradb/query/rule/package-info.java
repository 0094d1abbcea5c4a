/**
 * Rewrites of plans, a file a rule: the same rows in the same order, with less work. Its door:
 * {@link io.defradb.query.rule.PlanRules}. Pure.
 */
@NullMarked
package io.defradb.query.rule;

import org.jspecify.annotations.NullMarked;
