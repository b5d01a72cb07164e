package dev.fleetline.bulkonboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.fleetline.bulkonboarding.FileRefused.Why;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a CSV file, one after the other: UTF-8, with {@code ;} or {@code ,} as its header has it. Holds one row at
 * a time, however many there are.
 */
final class CsvFile {

    /** What is looked at to tell text from anything else. */
    private static final int HEAD = 8 * 1024;

    /** A first line that is longer is no header. */
    private static final int LONGEST_HEADER = 16 * 1024;

    private final boolean hasBom;
    private final char separator;
    private final Quotes quotes;
    private final Iterator<CsvRecord> records;
    private final Header header;
    private long last;
    private boolean isLastBroken;

    /** A row, and the line of the file in which it begins. */
    record Line(long number, List<String> fields) {
        Line {
            fields = List.copyOf(fields);
        }
    }

    /** Counts the quotes that go by: after a whole file, an odd number leaves one open. */
    private static final class Quotes extends FilterReader {
        private boolean isOdd;

        Quotes(Reader text) {
            super(text);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            isOdd ^= next == '"';
            return next;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            for (int i = offset; i < offset + count; i++) {
                isOdd ^= into[i] == '"';
            }
            return count;
        }
    }

    private CsvFile(boolean hasBom, char separator, Quotes quotes) throws FileRefused {
        this.hasBom = hasBom;
        this.separator = separator;
        this.quotes = quotes;
        this.records = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(quotes)
                .iterator();
        Line first = next().orElseThrow(FirstBytes::empty);
        this.header = Header.of(first.number(), first.fields());
    }

    /** Reads the header; the bytes are the caller's to close. */
    static CsvFile read(InputStream bytes) throws FileRefused {
        try {
            var in = new BufferedInputStream(bytes, HEAD);
            in.mark(HEAD);
            boolean hasBom = FirstBytes.haveBom(in.readNBytes(HEAD));
            in.reset();
            if (hasBom) {
                in.skipNBytes(3);
            }
            var decoder = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            var text = new BufferedReader(new InputStreamReader(in, decoder), LONGEST_HEADER);
            text.mark(LONGEST_HEADER);
            char separator = separator(firstLine(text));
            text.reset();
            return new CsvFile(hasBom, separator, new Quotes(text));
        } catch (CharacterCodingException e) {
            throw wrongEncoding(1);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be read", e);
        }
    }

    boolean hasBom() {
        return hasBom;
    }

    char separator() {
        return separator;
    }

    Header header() {
        return header;
    }

    /** The next row that is not blank; empty after the last one. */
    Optional<Line> next() throws FileRefused {
        try {
            while (records.hasNext()) {
                CsvRecord found = records.next();
                last = found.getStartingLineNumber();
                isLastBroken = found.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0);
                if (!found.getFields().stream().allMatch(String::isBlank)) {
                    return Optional.of(new Line(last, found.getFields()));
                }
            }
        } catch (CsvParseException e) {
            throw openQuote(last + 1);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw wrongEncoding(last + 1);
            }
            throw e;
        }
        if (quotes.isOdd && isLastBroken) {
            throw openQuote(last);
        }
        return Optional.empty();
    }

    private static FileRefused openQuote(long line) {
        return FileRefused.of(
                Why.OPEN_QUOTE,
                line,
                "a quote that opens in line " + line + " or soon after is not closed, or not where its field ends",
                "close it before the next separator, and write a quote inside of a quoted text twice");
    }

    private static FileRefused wrongEncoding(long line) {
        return FileRefused.of(
                Why.NOT_UTF_8,
                line,
                "the file is not UTF-8: from about line " + line
                        + " on it holds bytes of another encoding, such as Windows-1252",
                "save it as \"CSV UTF-8\" and upload that");
    }

    private static String firstLine(BufferedReader text) throws IOException, FileRefused {
        char[] begin = new char[LONGEST_HEADER - 1];
        int length = 0;
        for (int count = 0; count >= 0 && length < begin.length; ) {
            count = text.read(begin, length, begin.length - length);
            length += Math.max(count, 0);
        }
        String all = new String(begin, 0, length);
        String first = all.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow(FirstBytes::empty);
        if (first.length() == begin.length) {
            throw FileRefused.of(
                    Why.HEADER,
                    1,
                    "the first line has more than 16,000 characters and is no header",
                    "upload a CSV file");
        }
        return first;
    }

    /** Whatever of the two stands more often in the header, outside of quotes. */
    private static char separator(String line) throws FileRefused {
        String unquoted = line.replaceAll("\"[^\"]*\"", "");
        long semicolons = unquoted.chars().filter(sign -> sign == ';').count();
        long commas = unquoted.chars().filter(sign -> sign == ',').count();
        if (semicolons + commas == 0 && unquoted.indexOf('\t') >= 0) {
            throw FileRefused.of(
                    Why.TABS,
                    1,
                    "the columns are separated by tabs, and must be by ; or ,",
                    "save it as \"CSV UTF-8\"");
        }
        return semicolons > commas ? ';' : ',';
    }
}
