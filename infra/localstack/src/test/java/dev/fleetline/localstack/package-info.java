/**
 * The same contracts on LocalStack's engines as on the stand-ins. One LocalStack serves the whole run, because it takes
 * longer to start than all that is asked of it; so every test makes what it needs under names of its own.
 */
@NullMarked
package dev.fleetline.localstack;

import org.jspecify.annotations.NullMarked;
