package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost page's arithmetic: that it was measured right, {@link CostIT} sees to. */
class CostPageTest {

    private static final String PAGE = ProjectTree.text(ProjectTree.path("infra/cost.md"));
    private static final Pattern TOTAL = Pattern.compile("Together: \\*\\*([0-9.,]+) dollars\\*\\*");

    @Test
    void every_line_and_the_sum_are_as_the_page_says() {
        assertThat(Pages.rows(Pages.section(PAGE, "A month"))).hasSizeGreaterThan(15);
        assertThat(faults(PAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "180,000 × 3.0 ; 180,000 × 7.0 ; DynamoDB writes: reports: its arithmetic gives 1260000",
                "180,000 × 3.0 ; 180,000 × 3.1 ; DynamoDB writes: reports: 3.1 was not measured",
                "| 0.625 | ; | 0.925 | ; DynamoDB writes: reports: 540,000 at 0.925 per 1,000,000 are 0.50",
                "Together: **2 ; Together: **3 ; the lines are together",
            })
    void a_number_that_drifted_is_found(String right, String wrong, String fault) {
        String drifted = PAGE.replaceFirst(Pattern.quote(right), wrong);
        assertThat(drifted).isNotEqualTo(PAGE);

        assertThat(faults(drifted)).anyMatch(found -> found.contains(fault));
    }

    @Test
    void every_month_s_count_is_worked_out_before_it_is_used() {
        List<String> worked = Pattern.compile("([0-9×, ]+) = ([0-9,]+)")
                .matcher(Pages.section(PAGE, "Assumed"))
                .results()
                .map(match -> evaluated(match.group(1).strip()).intValueExact() + "=" + number(match.group(2)))
                .toList();

        assertThat(worked).containsExactly("180000=180000", "2880=2880", "43200=43200", "8640=8640", "4320=4320");
    }

    @Test
    void what_is_paid_for_being_there_is_counted_as_the_template_has_it() {
        Deployed deployed = Deployed.of(Template.read(), Map.of("StreamSilentHours", "25"));
        Template nested = Template.parse(ProjectTree.text(ProjectTree.path("infra/alarms.yaml")));

        assertThat(amount("Alarms")).isEqualTo(deployed.alarms(nested).size());
        assertThat(amount("Secrets"))
                .isEqualTo(deployed.resourcesOf("AWS::SecretsManager::Secret").size());
        assertThat(amount("Dashboard"))
                .isEqualTo(deployed.resourcesOf("AWS::CloudWatch::Dashboard").size());
        assertThat(amount("KMS key"))
                .isEqualTo(deployed.resourcesOf("AWS::KMS::Key").size());
        // two of our own, and six of each route whose API has detailed metrics
        assertThat(amount("Metrics: two of ours, those of the API's routes"))
                .isEqualTo(2 + 6 * (int) detailedRoutes(deployed));
    }

    private static long detailedRoutes(Deployed deployed) {
        List<String> detailed = deployed.resourcesOf("AWS::ApiGatewayV2::Stage").stream()
                .map(Resource::properties)
                .filter(stage -> stage.path("DefaultRouteSettings")
                        .path("DetailedMetricsEnabled")
                        .asBoolean())
                .map(stage -> BusRules.logicalId(stage.path("ApiId")))
                .toList();
        return deployed.resourcesOf("AWS::ApiGatewayV2::Route").stream()
                .filter(route ->
                        detailed.contains(BusRules.logicalId(route.properties().path("ApiId"))))
                .count();
    }

    @Test
    void every_function_is_on_the_page() {
        assertThat(PAGE).contains(ProjectTree.functions());
    }

    @Test
    void the_first_line_rounds_the_sum() {
        var total = TOTAL.matcher(PAGE);

        assertThat(total.find()).isTrue();
        assertThat(PAGE)
                .contains("About **" + number(total.group(1)).setScale(0, RoundingMode.HALF_UP)
                        + " dollars in the first month**");
    }

    private static int amount(String what) {
        return Pages.rows(Pages.section(PAGE, "A month")).stream()
                .filter(row -> row.getFirst().equals(what))
                .map(row -> number(row.get(2)).intValueExact())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no line: " + what));
    }

    private static List<String> faults(String page) {
        var faults = new ArrayList<String>();
        List<String> measured = Pages.rows(Pages.section(page, "Measured")).stream()
                .flatMap(row -> row.stream().skip(1))
                .toList();
        BigDecimal sum = BigDecimal.ZERO;
        for (List<String> row : Pages.rows(Pages.section(page, "A month"))) {
            String what = row.get(0);
            // what was measured is written with a decimal, what is assumed without
            Stream.of(row.get(1).split("[^0-9.,]+", -1))
                    .filter(operand -> operand.contains(".") && !measured.contains(operand))
                    .forEach(operand -> faults.add(what + ": " + operand + " was not measured"));
            BigDecimal amount = evaluated(row.get(1)).setScale(0, RoundingMode.HALF_UP);
            if (amount.compareTo(number(row.get(2))) != 0) {
                faults.add(what + ": its arithmetic gives " + amount);
            }
            BigDecimal dollars = number(row.get(2))
                    .multiply(number(row.get(3)))
                    .divide(number(row.get(4)), MathContext.DECIMAL64)
                    .setScale(2, RoundingMode.HALF_UP);
            if (dollars.compareTo(number(row.get(5))) != 0) {
                faults.add(what + ": " + row.get(2) + " at " + row.get(3) + " per " + row.get(4) + " are " + dollars);
            }
            sum = sum.add(number(row.get(5)));
        }
        var total = TOTAL.matcher(page);
        if (!total.find() || number(total.group(1)).compareTo(sum) != 0) {
            faults.add("the lines are together " + sum);
        }
        return faults;
    }

    /** Sums of products and quotients, from left to right. */
    private static BigDecimal evaluated(String expression) {
        return Stream.of(expression.split(" \\+ ", -1))
                .map(CostPageTest::product)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal product(String term) {
        String[] parts = term.split(" ", -1);
        BigDecimal value = number(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            value = switch (parts[i]) {
                case "×" -> value.multiply(number(parts[i + 1]));
                case "÷" -> value.divide(number(parts[i + 1]), MathContext.DECIMAL64);
                default -> throw new IllegalArgumentException("no sign of a product: " + parts[i]);
            };
        }
        return value;
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replace(",", ""));
    }
}
