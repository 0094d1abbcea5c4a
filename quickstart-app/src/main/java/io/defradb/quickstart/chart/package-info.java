/**
 * What a run looked like: topics and the lake's position are sampled while it goes, and drawn as an
 * SVG at its end. It must not know what the run does.
 */
@NullMarked
package io.defradb.quickstart.chart;

import org.jspecify.annotations.NullMarked;
