/**
 * How topics are named. Its door is {@link io.defradb.connect.source.topic.TopicNamingStrategy},
 * which others may implement. Pure.
 */
@NullMarked
package io.defradb.connect.source.topic;

import org.jspecify.annotations.NullMarked;
