/**
 * Keys of encrypted documents among peers: asking those who have them, answering those who may read
 * (network specification, section 10). Its door is {@link
 * io.defradb.replication.keyexchange.KeyExchange}. It must not know how commits come here.
 */
@NullMarked
package io.defradb.replication.keyexchange;

import org.jspecify.annotations.NullMarked;
