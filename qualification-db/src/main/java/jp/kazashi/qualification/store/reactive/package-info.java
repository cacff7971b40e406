/**
 * The ports on Hibernate Reactive. Entities are rows and nothing more; every unit of work has one
 * session on one event loop, opened and closed here.
 */
package jp.kazashi.qualification.store.reactive;
