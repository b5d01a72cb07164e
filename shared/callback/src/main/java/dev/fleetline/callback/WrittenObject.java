package dev.fleetline.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a JSON object as they are written, as far as it is well formed. What they mean nobody asks here: a name
 * that comes twice and a number beyond range are well formed, and nothing has a bound.
 *
 * @param fields in their order; of the last one all that follows it too, when the object ends in its middle
 * @param isWhole whether it is well formed to its end, and nothing stands behind it
 */
record WrittenObject(List<Field> fields, boolean isWhole) {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    WrittenObject {
        fields = List.copyOf(fields);
    }

    /** @param value its JSON */
    record Field(String name, String value) {
        /** It may be somebody's password. */
        @Override
        public String toString() {
            return "Field[***]";
        }
    }

    /** What is no object has no fields. */
    static WrittenObject read(String text) {
        List<Field> fields = new ArrayList<>();
        String name = "";
        int begin = text.length();
        try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    name = parser.currentName();
                    parser.nextToken();
                    begin = (int) parser.currentTokenLocation().getCharOffset();
                    fields.add(new Field(name, text.substring(begin, endOfValue(parser))));
                    begin = text.length();
                }
            }
            return new WrittenObject(fields, parser.nextToken() == null);
        } catch (JsonProcessingException notWellFormed) {
            if (begin < text.length()) {
                fields.add(new Field(name, text.substring(begin)));
            }
            return new WrittenObject(fields, false);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is at hand cannot fail to be read", e);
        }
    }

    /** What is written under that name, as often as it is. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** @param end behind the object, or where it is no longer well formed */
    record Extent(boolean isWhole, int end) {}

    /** How far the object goes that begins there. */
    static Extent extent(char[] text, int begin) {
        try (JsonParser parser = FACTORY.createParser(text, begin, text.length - begin)) {
            parser.nextToken();
            return new Extent(true, begin + endOfValue(parser));
        } catch (JsonProcessingException notWellFormed) {
            return new Extent(false, begin + (int) notWellFormed.getLocation().getCharOffset());
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is at hand cannot fail to be read", e);
        }
    }

    private static int endOfValue(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return (int) parser.currentLocation().getCharOffset();
    }
}
