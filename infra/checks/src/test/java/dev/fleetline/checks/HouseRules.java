package dev.fleetline.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The rules of the house that can be read off compiled classes. */
final class HouseRules {

    private static final Map<Class<?>, Set<String>> TAKEN_FROM_THE_WORLD = Map.of(
            Instant.class, Set.of("now"),
            Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
            InstantSource.class, Set.of("system"),
            System.class, Set.of("currentTimeMillis", "nanoTime", "getenv"),
            UUID.class, Set.of("randomUUID"),
            Math.class, Set.of("random"),
            Thread.class, Set.of("sleep"));

    private HouseRules() {}

    /** Packages that import nothing but Java, each other, and {@code words}: types that they speak in. */
    static ArchRule plainJava(String[] packages, String... words) {
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(packages, words, new String[] {"java.."})
                        .flatMap(Stream::of)
                        .toArray(String[]::new))
                .because("the domain is plain Java; what speaks to the world belongs behind a port");
    }

    /** A function that leaves the other functions alone. */
    static ArchRule keepsToItself(String function, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(function)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("what two functions need lives in shared");
    }

    /** Adapters that only wirings name. */
    static ArchRule onlyWiringsName(String[] users, String... adapters) {
        return noClasses()
                .that()
                .resideInAnyPackage(users)
                .and()
                .haveNameNotMatching(".*Wiring.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(adapters)
                .because("a use case knows ports; which adapter stands behind one, the function's wiring says");
    }

    /** Modules that never name an adapter. */
    static ArchRule neverNames(String[] users, String... adapters) {
        return noClasses()
                .that()
                .resideInAnyPackage(users)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(adapters)
                .because("nothing points upwards");
    }

    /** Names that say what a class is. */
    static ArchRule namesSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Dto|DTO)(\\$.*)?")
                .because("such a name says nothing; say what it does");
    }

    /** Packages by capability. */
    static ArchRule packagesAreCapabilities() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..helper..", "..common..", "..dto..", "..impl..", "..enums..")
                .because("packages are capabilities and not kinds of classes");
    }

    /** Time, chance, ids and waiting that are given and not taken. */
    static ArchRule takeNothingFromTheWorld(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .and()
                .haveNameNotMatching(".*(Wiring.*|\\.Surroundings|\\.Pause(\\$.*)?)")
                .should()
                .accessTargetWhere(
                        describe("takes time, chance, ids or waiting from the world", HouseRules::isTakenFromTheWorld))
                .because("time, chance, ids and waiting come in through the constructor");
    }

    private static boolean isTakenFromTheWorld(JavaAccess<?> access) {
        return TAKEN_FROM_THE_WORLD.entrySet().stream()
                .anyMatch(entry -> access.getTargetOwner().isEquivalentTo(entry.getKey())
                        && entry.getValue().contains(access.getTarget().getName()));
    }
}
