#!/usr/bin/perl
# Signs and verifies with Mail::DKIM. Reads one JSON request from standard input, answers with one JSON list, in the same order.
use strict;
use warnings;
use JSON::PP;
use MIME::Base64 qw(decode_base64);
use Mail::DKIM::DNS;
use Mail::DKIM::PrivateKey;
use Mail::DKIM::Signer;
use Mail::DKIM::Verifier;
use Net::DNS;

my $request = decode_json( do { local $/; <STDIN> } );

# Stands in for a resolver: what its users want of one is the method send.
package ZoneResolver {
    sub send {
        my ( $self, $name, $type ) = @_;
        my $answer  = Net::DNS::Packet->new( $name, $type );
        my $records = $self->{ lc $name };
        $answer->header->qr(1);
        $answer->header->rcode( $records ? 'NOERROR' : 'NXDOMAIN' );
        $answer->push(
            answer => Net::DNS::RR->new( owner => $name, type => 'TXT', txtdata => [ $_ =~ /(.{1,255})/gs ] ) )
          for $type eq 'TXT' ? @{ $records // [] } : ();
        return $answer;
    }
    sub errorstring { return 'NXDOMAIN' }
}
Mail::DKIM::DNS::resolver( bless( { %{ $request->{zone} } }, 'ZoneResolver' ) );

sub feed {
    my ( $object, $message ) = @_;
    $object->PRINT($_) for $message =~ /.{1,4096}/gs;    # a long text at once takes it a time that grows with its square
    $object->CLOSE;
}

sub verify {
    my $verifier = Mail::DKIM::Verifier->new;
    feed( $verifier, decode_base64(shift) );
    return [ $verifier->result, $verifier->result_detail ];
}

my %keys;

sub sign {
    my $job  = shift;
    my $type = $job->{algorithm} =~ /^(\w+)-/ ? $1 : 'rsa';
    my $sign = Mail::DKIM::Signer->new(
        Algorithm => $job->{algorithm},
        Method    => $job->{canonicalization},
        Domain    => $job->{domain},
        Selector  => $job->{selector},
        Headers   => join( ':', @{ $job->{headers} } ),
        Key       => $keys{ $job->{key} } //= Mail::DKIM::PrivateKey->load( Data => $job->{key}, Type => $type ),
        Timestamp => $job->{time},
        ( $job->{expires} ? ( Expiration => $job->{expires} ) : () ),
    );
    feed( $sign, decode_base64( $job->{message} ) );
    return $sign->signature->as_string;
}

my $work = { verify => \&verify, sign => \&sign }->{ $request->{do} };
print encode_json( [ map { $work->($_) } @{ $request->{jobs} } ] );
