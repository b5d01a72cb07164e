package dev.fleetline.checklist;

import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Goes through every file that must know a function, for each function that any of two knows: its folder, the template. */
final class Checklist {

    private static final String FUNCTION = "AWS::Serverless::Function";
    private static final Pattern REQUESTS = Pattern.compile("(?m)^\\| Lambda requests \\| ([^|]+) \\|");

    private final Path root;
    private final Template template;

    private Checklist(Path root) {
        this.root = root;
        this.template = Template.parse(text("template.yaml"));
    }

    /** For each function that lacks something: its name, and a line for each thing; empty when all have everything. */
    static String of(Path root) {
        var list = new Checklist(root);
        Set<String> functions = list.functions();
        var lacking = new ArrayList<String>();
        for (String module : functions) {
            List<String> lacks = list.lacks(module);
            if (!lacks.isEmpty()) {
                lacking.add(module + " lacks:\n  - " + String.join("\n  - ", lacks));
            }
        }
        int parts = list.partsOfTheCost();
        if (parts < functions.size()) {
            lacking.add("infra/cost.md lacks:\n  - what a new function costs: Lambda requests have " + parts
                    + " parts, and there are " + functions.size() + " functions");
        }
        return String.join("\n", lacking);
    }

    /** Whatever has a folder or is deployed. */
    private Set<String> functions() {
        var functions = new TreeSet<String>();
        try (Stream<Path> folders = Files.list(root.resolve("functions"))) {
            folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> !name.equals("target"))
                    .forEach(functions::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        template.resourcesOf(FUNCTION).forEach(function -> functions.add(module(function.logicalId())));
        return functions;
    }

    private List<String> lacks(String module) {
        var lacks = new ArrayList<String>();
        lacks.addAll(inTheBuild(module));
        lacks.addAll(inItsFolder(module));
        lacks.addAll(inTheTemplate(module));
        lacks.addAll(onThePages(module));
        return lacks;
    }

    private List<String> inTheBuild(String module) {
        String own = "functions/" + module + "/pom.xml";
        return lacking(
                new Need(own + " that Maven can read", pom(own).isPresent()),
                new Need(
                        "the parent functions in " + own + ", which brings its bill of materials",
                        pom(own).map(pom -> texts(pom, "parent", "artifactId"))
                                .filter(List.of("functions")::equals)
                                .isPresent()),
                new Need(
                        "maven-assembly-plugin in " + own + ", which makes its archive",
                        pom(own).map(pom -> texts(pom, "build", "plugins", "plugin", "artifactId"))
                                .filter(plugins -> plugins.contains("maven-assembly-plugin"))
                                .isPresent()),
                new Need(
                        "<module>" + module + "</module> in functions/pom.xml",
                        in("functions/pom.xml", module, "modules", "module")),
                new Need(
                        "its version under dependencyManagement in pom.xml",
                        in("pom.xml", module, "dependencyManagement", "dependencies", "dependency", "artifactId")),
                new Need(
                        "a dependency in infra/checks/pom.xml",
                        in("infra/checks/pom.xml", module, "dependencies", "dependency", "artifactId")),
                new Need(
                        "a dependency in infra/local/pom.xml",
                        in("infra/local/pom.xml", module, "dependencies", "dependency", "artifactId")));
    }

    private List<String> inItsFolder(String module) {
        String inPackage = "/java/dev/fleetline/" + module.replace("-", "") + "/" + logicalId(module);
        String main = "functions/" + module + "/src/main" + inPackage;
        String test = "functions/" + module + "/src/test" + inPackage;
        String samples = "events/samples/" + module;
        return lacking(
                new Need(main + "Handler.java", isFile(main + "Handler.java")),
                new Need(main + "Config.java", isFile(main + "Config.java")),
                new Need(main + "Wiring.java", isFile(main + "Wiring.java")),
                new Need(
                        test + "HandlerTest.java or …HandlerIT.java",
                        isFile(test + "HandlerTest.java") || isFile(test + "HandlerIT.java")),
                new Need(
                        "a sample in " + samples + " that is neither refused-…json nor near-miss-…json",
                        files(samples).stream()
                                .anyMatch(name -> name.endsWith(".json") && !name.matches("(refused|near-miss)-.*"))),
                new Need(
                        "functions/" + module + "/README.md",
                        isFile("functions/" + module + "/README.md")
                                && !text("functions/" + module + "/README.md").isBlank()));
    }

    private List<String> inTheTemplate(String module) {
        String id = logicalId(module);
        Optional<Resource> alarms = find(id + "Alarms", "AWS::CloudFormation::Stack");
        return lacking(
                new Need(
                        id + " in template.yaml, an " + FUNCTION,
                        find(id, FUNCTION).isPresent()),
                new Need("what wakes " + id + " in template.yaml", isWoken(module)),
                new Need(
                        id + "Log in template.yaml, an AWS::Logs::LogGroup",
                        find(id + "Log", "AWS::Logs::LogGroup").isPresent()),
                new Need(
                        id + "Alarms in template.yaml, an AWS::CloudFormation::Stack of infra/alarms.yaml",
                        alarms.map(stack ->
                                        stack.properties().path("TemplateURL").asText())
                                .filter("infra/alarms.yaml"::equals)
                                .isPresent()));
    }

    private List<String> onThePages(String module) {
        List<String> readme = text("README.md").lines().toList();
        String name = "fleetline-${Stage}-" + module + "\"";
        return lacking(
                new Need(
                        "a row in README.md's table of functions",
                        readme.stream()
                                .anyMatch(line ->
                                        line.startsWith("| [%s](functions/%s/README.md) |".formatted(module, module)))),
                new Need(
                        "a row in README.md's table of archives",
                        readme.stream().anyMatch(line -> line.startsWith("| " + module + " |"))),
                new Need(
                        "its lines in infra/dashboards/fleet.json",
                        text("infra/dashboards/fleet.json").contains(name)));
    }

    /** By itself, by a rule, behind the API or to rotate a secret; what exactly, infra/checks looks at. */
    private boolean isWoken(String module) {
        String id = logicalId(module);
        boolean byItself = find(id, FUNCTION)
                .filter(function -> !function.properties().path("Events").isEmpty())
                .isPresent();
        return byItself
                || Stream.of(
                                "AWS::Events::Rule",
                                "AWS::ApiGatewayV2::Integration",
                                "AWS::SecretsManager::RotationSchedule")
                        .flatMap(type -> template.resourcesOf(type).stream())
                        .map(resource -> resource.properties().toString())
                        .anyMatch(text -> text.contains("${" + id + ".")
                                || text.contains("\"" + id + "\"")
                                || text.contains("-" + module + ":live"));
    }

    /** How many functions' requests the page adds up. */
    private int partsOfTheCost() {
        var requests = REQUESTS.matcher(text("infra/cost.md"));
        return requests.find() ? requests.group(1).split(" \\+ ", -1).length : 0;
    }

    /** Something that a function needs, and whether it is there. */
    private record Need(String what, boolean isThere) {}

    private static List<String> lacking(Need... needs) {
        return Stream.of(needs).filter(need -> !need.isThere()).map(Need::what).toList();
    }

    private Optional<Resource> find(String id, String type) {
        return template.resourcesOf(type).stream()
                .filter(resource -> resource.logicalId().equals(id))
                .findFirst();
    }

    private boolean in(String file, String wanted, String... path) {
        return pom(file).map(pom -> texts(pom, path)).orElse(List.of()).contains(wanted);
    }

    private Optional<Document> pom(String file) {
        if (!isFile(file)) {
            return Optional.empty();
        }
        try {
            var builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return Optional.of(builder.parse(new ByteArrayInputStream(text(file).getBytes(StandardCharsets.UTF_8))));
        } catch (SAXException e) {
            return Optional.empty();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** The texts of all elements at a path under the project. */
    private static List<String> texts(Document pom, String... path) {
        Stream<Element> found = Stream.of(pom.getDocumentElement());
        for (String name : path) {
            found = found.flatMap(element ->
                    children(element).filter(child -> child.getTagName().equals(name)));
        }
        return found.map(element -> element.getTextContent().strip()).toList();
    }

    private static Stream<Element> children(Element element) {
        return IntStream.range(0, element.getChildNodes().getLength())
                .mapToObj(element.getChildNodes()::item)
                .filter(Checklist::isElement)
                .map(Element.class::cast);
    }

    private static boolean isElement(Node node) {
        return node instanceof Element;
    }

    private boolean isFile(String relative) {
        return Files.isRegularFile(root.resolve(relative));
    }

    private List<String> files(String folder) {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String relative) {
        try {
            return Files.readString(root.resolve(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code health-sweep} as the template calls it, {@code HealthSweep}. */
    private static String logicalId(String module) {
        return Stream.of(module.split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code HealthSweep} as its folder is called, {@code health-sweep}. */
    private static String module(String logicalId) {
        return logicalId.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
