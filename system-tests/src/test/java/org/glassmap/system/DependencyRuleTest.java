package org.glassmap.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/** What Maven cannot see of the rule that ARCHITECTURE.md states. */
class DependencyRuleTest {

    private static final JavaClasses GLASSMAP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.glassmap");

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("org.glassmap.(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package, or one of them is in the wrong place")
                .check(GLASSMAP);
    }

    @Test
    void thePackagesOfTheCoreSeeOnlyThoseBeforeThem() {
        String[] order = {"numerics", "atoms", "formats", "learning", "sampling"};
        for (int below = 0; below < order.length; below++) {
            for (int above = below + 1; above < order.length; above++) {
                noClasses()
                        .that()
                        .resideInAPackage("org.glassmap.core." + order[below] + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.glassmap.core." + order[above] + "..")
                        .because("the core reads from numbers to atoms to what is made of them")
                        .check(GLASSMAP);
            }
        }
        noClasses()
                .that()
                .resideInAPackage("org.glassmap.core.sampling..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.glassmap.core.learning..")
                .because("sampling knows Potential, not networks: any potential can be sampled")
                .check(GLASSMAP);
    }

    @Test
    void theCoreKnowsNoFrameworkNoClockNoConsole() {
        noClasses()
                .that()
                .resideInAPackage("org.glassmap.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.glassmap.contract..",
                        "org.glassmap.support..",
                        "java.sql..",
                        "java.net.http..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.time..")
                .because("the core is physics: told what to do, it returns values")
                .check(GLASSMAP);
        noClasses()
                .that()
                .resideInAPackage("org.glassmap.core..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.util.SplittableRandom.class)
                .because("the same seed gives the same answer, today and tomorrow")
                .check(GLASSMAP);
    }

    @Test
    void theCoreUsesNoFunctionWhoseLastBitDependsOnTheMachine() {
        for (String name : new String[] {"sin", "cos", "tan", "exp", "log", "pow", "tanh", "acos", "atan2", "cbrt"}) {
            noClasses()
                    .that()
                    .resideInAPackage("org.glassmap.core..")
                    .should()
                    .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
                                            .<com.tngtech.archunit.core.domain.JavaClass>owner(
                                                    com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(
                                                            Math.class)))
                            .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(name))))
                    .because("Math.%s may differ between processors; StrictMath or a polynomial of our own does not"
                            .formatted(name))
                    .check(GLASSMAP);
        }
    }

    @Test
    void theWireIsNotTheDomain() {
        noClasses()
                .that()
                .resideInAPackage("org.glassmap.contract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.glassmap.core..", "org.glassmap.support..")
                .because("the wire only grows; the core may change")
                .check(GLASSMAP);
        noClasses()
                .that()
                .resideInAPackage("org.glassmap.support..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.glassmap.core..")
                .because("what every server needs has nothing to do with atoms")
                .check(GLASSMAP);
    }

    @Test
    void noServiceKnowsAnother() {
        String[] services = {"structures", "potentials", "sampler", "analyses", "worker", "gateway"};
        for (String one : services) {
            for (String other : services) {
                if (!one.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage("org.glassmap." + one + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("org.glassmap." + other + "..")
                            .because("services talk through the contract, over HTTP")
                            .check(GLASSMAP);
                }
            }
        }
    }

    @Test
    void controllersAreSeenByTheirFeatureAlone() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .bePackagePrivate()
                .because("a feature's door is its HTTP resource")
                .check(GLASSMAP);
    }
}
