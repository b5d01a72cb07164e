package dev.fleetline.checks;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which libraries of an archive its function can get to: from the function's own classes along every class that a class
 * names, in code, in a signature or as plain text, from a service to its providers, and to the library that alone has a
 * folder or a file which a class names.
 *
 * <p>It errs towards "used": a name alone counts, whether the code that says it ever runs or not. What it calls unused
 * nothing could load.
 */
final class Reach {

    private static final Pattern CLASS_FILE = Pattern.compile("(?:META-INF/versions/\\d+/)?(.+)\\.class");
    private static final Pattern PROVIDER_LIST = Pattern.compile("META-INF/services/(.+)");
    private static final Pattern BEAN = Pattern.compile("META-INF/micronaut/([^/]+)/(.+)");
    private static final Pattern NO_NAME = Pattern.compile("[^\\w$/.]+");

    private final Map<String, byte[]> code = new HashMap<>();
    private final Map<String, String> library = new HashMap<>();
    private final Map<String, List<String>> providers = new HashMap<>();
    private final Map<String, Set<String>> resources = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> next = new ArrayDeque<>();

    private Reach(Archive archive) {
        archive.libraries().forEach(jar -> jar.unpacked().forEach((name, content) -> add(jar.name(), name, content)));
        archive.entries().stream()
                .filter(entry -> !entry.isLibrary())
                .flatMap(entry -> add("", entry.name(), entry.content()))
                .forEach(this::visit);
    }

    /** The names of the libraries that the archive's function can get to. */
    static Set<String> of(Archive archive) {
        var reach = new Reach(archive);
        while (!reach.next.isEmpty()) {
            reach.follow(reach.next.pop());
        }
        var used = new HashSet<>(reach.opened);
        reach.seen.forEach(name -> used.add(reach.library.get(name)));
        return used;
    }

    private Stream<String> add(String owner, String file, byte[] content) {
        var isClass = CLASS_FILE.matcher(file);
        var isList = PROVIDER_LIST.matcher(file);
        var isBean = BEAN.matcher(file);
        if (isClass.matches()) {
            code.putIfAbsent(isClass.group(1), content);
            library.putIfAbsent(isClass.group(1), owner);
            return Stream.of(isClass.group(1));
        }
        if (isList.matches()) {
            new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .forEach(provider -> provides(isList.group(1), provider));
        } else if (isBean.matches()) {
            provides(isBean.group(1), isBean.group(2));
        }
        resource(owner, file);
        return Stream.empty();
    }

    /** Under its name, and under that of each folder that it lies in. */
    private void resource(String owner, String file) {
        for (int end = file.length(); end > 0; end = file.lastIndexOf('/', end - 2) + 1) {
            resources
                    .computeIfAbsent(file.substring(0, end), _ -> new HashSet<>())
                    .add(owner);
        }
    }

    private void provides(String service, String provider) {
        providers.computeIfAbsent(internal(service), _ -> new ArrayList<>()).add(internal(provider));
    }

    private void visit(String name) {
        if (code.containsKey(name) && seen.add(name)) {
            next.push(name);
        }
        providers.getOrDefault(name, List.of()).forEach(provider -> {
            if (code.containsKey(provider) && seen.add(provider)) {
                next.push(provider);
            }
        });
    }

    private void follow(String name) {
        for (PoolEntry entry : ClassFile.of().parse(code.get(name)).constantPool()) {
            if (entry instanceof Utf8Entry text) {
                open(text.stringValue());
                NO_NAME.splitAsStream(text.stringValue()).map(Reach::internal).forEach(this::visitNamed);
            }
        }
    }

    /** What more than one library has says nothing. */
    private void open(String path) {
        Set<String> owners = resources.getOrDefault(path.startsWith("/") ? path.substring(1) : path, Set.of());
        if (owners.size() == 1) {
            opened.addAll(owners);
        }
    }

    /** A name by itself, or as it stands in a descriptor: {@code Ljava/lang/String}. */
    private void visitNamed(String name) {
        visit(name);
        if (name.startsWith("L")) {
            visit(name.substring(1));
        }
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }
}
